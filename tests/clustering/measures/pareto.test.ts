import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { paretoFront } from "#src/clustering/measures/pareto.js";
import { seededRandom } from "#src/math/random.js";

describe("paretoFront", () => {
  it("has who cannot be bettered without a loss elsewhere", () => {
    // The fourth is beaten by the second and third; the fifth by the third, which equals it in one objective.
    const { front, beatenBy } = paretoFront({ silhouette: [1, 2, 3, 1.5, 3], revenue: [9, 8, 7, 6, 5] });
    assert.deepEqual([...front], [0, 1, 2]);
    assert.deepEqual([...beatenBy], [0, 0, 0, 2, 1]);
  });

  it("keeps those that are equal in everything together", () => {
    assert.deepEqual([...paretoFront({ a: [1, 1, 0], b: [2, 2, 2] }).front], [0, 1]);
    assert.deepEqual([...paretoFront({ a: [4, 4, 4] }).front], [0, 1, 2]);
  });

  it("of one objective is its largest values, of several it contains the best of each", () => {
    assert.deepEqual([...paretoFront({ a: [1, 3, 2, 3] }).front], [1, 3]);
    const random = seededRandom(2);
    const draw = (): number[] => Array.from({ length: 200 }, () => Math.floor(20 * random()));
    const objectives = { a: draw(), b: draw(), c: draw() };
    const { front, beatenBy } = paretoFront(objectives);
    for (const values of Object.values(objectives)) {
      const best = Math.max(...values);
      assert.ok([...front].some((candidate) => values[candidate] === best));
    }
    const betters = (one: number, other: number): boolean => {
      const pairs = Object.values(objectives).map((values) => [values[one]!, values[other]!] as const);
      return pairs.every(([x, y]) => x >= y) && pairs.some(([x, y]) => x > y);
    };
    beatenBy.forEach((count, candidate) => {
      assert.equal(count, [...beatenBy.keys()].filter((other) => betters(other, candidate)).length);
      // Whoever is beaten is beaten by somebody on the front.
      if (count > 0) assert.ok([...front].some((other) => betters(other, candidate)));
    });
  });

  it("takes infinities, one candidate and none", () => {
    assert.deepEqual([...paretoFront({ a: [-Infinity, 1, Infinity], b: [3, 2, 1] }).front], [0, 1, 2]);
    assert.deepEqual([...paretoFront({ a: [5] }).front], [0]);
    assert.deepEqual([...paretoFront({ a: [] }).front], []);
  });

  it("refuses no objectives, different lengths and what does not compare", () => {
    assert.throws(() => paretoFront({}), /at least 1 objective, got none/);
    assert.throws(() => paretoFront({ a: [1, 2], b: [1] }), /got 2 of a and 1 of b/);
    assert.throws(() => paretoFront({ a: [1, 2], b: [1, Number.NaN] }), /got NaN of b \(candidate 1\)/);
  });
});
