import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { minimizeBetween } from "#src/math/minimize.js";

const assertLowest = (f: (x: number) => number, low: number, high: number, wanted: number): void => {
  const { x, value } = minimizeBetween(f, low, high);
  assert.ok(Math.abs(x - wanted) <= 1e-7 * Math.max(1, Math.abs(wanted)), `${x} is not ${wanted}`);
  assert.equal(value, f(x));
};

describe("minimizeBetween", () => {
  it("finds where a function is lowest", () => {
    assertLowest((x) => (x - 1.25) ** 2, -3, 8, 1.25);
    assertLowest((x) => Math.cosh(x - 0.1), -300, 300, 0.1);
    assertLowest((x) => x * Math.log(x), 1e-12, 50, Math.exp(-1));
    assertLowest(Math.cos, 0, 6, Math.PI);
    assertLowest((x) => Math.abs(x + 7), -1e6, 1e6, -7);
    assertLowest((x) => (x - 2) ** 4 + 10 * (x - 2) ** 2, -40, 3, 2);
  });

  it("comes close to a bound when the function falls towards it", () => {
    assert.ok(minimizeBetween((x) => x, 3, 9).x - 3 < 1e-6);
    assert.ok(9 - minimizeBetween((x) => -(x ** 3), 3, 9).x < 1e-6);
  });

  it("does not mind infinities on the way, nor a flat function", () => {
    assertLowest((x) => (x > 5 ? Infinity : (x - 1) ** 2), -8, 7, 1);
    const flat = minimizeBetween(() => 4, 0, 1);
    assert.ok(flat.x >= 0 && flat.x <= 1 && flat.value === 4);
  });

  it("uses parabolas: far fewer evaluations than golden sections would need", () => {
    assert.ok(minimizeBetween((x) => Math.cosh(x - 0.1), -10, 10).evaluations < 25);
  });

  it("never leaves the bounds", () => {
    minimizeBetween(
      (x) => {
        assert.ok(x >= 2 && x <= 3);
        return Math.sin(40 * x);
      },
      2,
      3,
    );
  });

  it("refuses bounds the wrong way round and a tolerance of nothing", () => {
    for (const [low, high] of [
      [1, 1],
      [2, 1],
      [0, Infinity],
      [Number.NaN, 1],
    ])
      assert.throws(() => minimizeBetween(Math.abs, low!, high!), /finite bounds low < high/);
    assert.throws(() => minimizeBetween(Math.abs, 0, 1, 0), /positive tolerance, got 0/);
  });
});
