import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { canonicalJson } from "#src/publish/canonical-json.js";

describe("canonicalJson", () => {
  it("gives every double back to the bit", () => {
    const random = seededRandom(1);
    const words = Uint32Array.from({ length: 20_000 }, () => random() * 2 ** 32);
    const found = [...new Float64Array(words.buffer)].filter(Number.isFinite);
    const numbers = [-0, 0, 5e-324, Number.MAX_VALUE, 0.1 + 0.2, 1e21, 1e-7, 2 ** 53 + 2, ...found];
    const back = JSON.parse(canonicalJson(numbers)) as number[];
    assert.ok(numbers.length > 9_000);
    assert.ok(numbers.every((number, i) => Object.is(number, back[i])));
  });

  it("is the same for any order of keys, and lists keep theirs", () => {
    const text = '{\n  "a": [2, 1],\n  "b": {\n    "B": null,\n    "a": true\n  }\n}';
    assert.equal(canonicalJson({ b: { a: true, B: null }, a: [2, 1] }), text);
    assert.equal(canonicalJson({ a: [2, 1], b: { B: null, a: true } }), text);
  });

  it("is JSON of the same value", () => {
    const value = { "": [[], {}, [[1], ["x\n\u2028\ud800"]]], é: '"\\' };
    assert.deepEqual(JSON.parse(canonicalJson(value)), value);
  });

  it("refuses what JSON has not instead of changing it", () => {
    for (const [value, message] of [
      [[1, Number.NaN], "JSON has no NaN"],
      [{ a: Infinity }, "JSON has no Infinity"],
      [{ a: undefined }, "JSON has no undefined"],
      [[new Date(0)], "JSON has no Date"],
      [Float64Array.of(1), "JSON has no Float64Array"],
    ] as const)
      assert.throws(() => canonicalJson(value), new RangeError(message));
  });
});
