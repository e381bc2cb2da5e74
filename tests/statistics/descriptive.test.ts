import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "#src/math/random.js";
import { describeNumbers, describeTexts, type NumberDescription } from "#src/statistics/descriptive.js";
import { readText } from "../structure/support.js";

type Measures = Partial<Record<keyof NumberDescription, number | null>>;

interface Fixture {
  samples: { name: string; values: (number | null)[]; exact: Measures; pandas?: Measures }[];
}

const fixture = JSON.parse(readText("tests/statistics/fixtures/descriptive.json")) as Fixture;

function assertMeasures(found: NumberDescription, expected: Measures, tolerance = 1e-9): void {
  for (const name of Object.keys(expected) as (keyof NumberDescription)[]) {
    const wanted = expected[name] ?? Number.NaN;
    const difference = Math.abs(found[name] - wanted);
    const isSame =
      Object.is(found[name], wanted) || difference <= Math.max(tolerance * Math.abs(wanted), 1e-300);
    const isNoSkew = name === "skewness" && Math.abs(wanted) < 1e-12 && difference < 1e-12;
    assert.ok(isSame || isNoSkew, `${name}: ${found[name]} is not ${wanted}`);
  }
}

/** Moments of whole numbers from sums of powers that are exact, being BigInts, until the last step. */
function exactMoments(values: readonly number[]): Measures {
  const n = values.length;
  const total = BigInt(values.reduce((sum, value) => sum + value, 0));
  const powers = [0n, 0n, 0n, 0n, 0n];
  for (const value of values) {
    const distance = BigInt(value) * BigInt(n) - total;
    for (let power = 2; power <= 4; power++) powers[power]! += distance ** BigInt(power);
  }
  const [, , m2 = 0, m3 = 0, m4 = 0] = powers.map((sum, power) => Number(sum) / n ** (power + 1));
  return {
    mean: Number(total) / n,
    sd: Math.sqrt((m2 * n) / (n - 1)),
    skewness: ((m3 / m2 ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2),
    kurtosis: ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (m4 / m2 ** 2 - 3) + 6),
  };
}

describe("describeNumbers", () => {
  for (const { name, values, exact, pandas } of fixture.samples) {
    const found = describeNumbers(values.map((value) => value ?? Number.NaN));
    it(`agrees with exact fractions: ${name}`, () => assertMeasures(found, exact));
    if (pandas) it(`agrees with pandas: ${name}`, () => assertMeasures(found, pandas));
  }

  it("does not depend on the order of the values and leaves them alone", () => {
    const values = [3, -1, 4, 1, -5, 9, 2, 6, 5, 3, 5];
    const before = [...values];
    assert.deepEqual(describeNumbers(values), describeNumbers([...values].reverse()));
    assert.deepEqual(values, before);
  });

  it("follows a change of scale and of origin", () => {
    const values = [1, 2, 2, 3, 14];
    const plain = describeNumbers(values);
    const moved = describeNumbers(values.map((value) => 8 * value + 1024));
    assertMeasures(moved, {
      mean: 8 * plain.mean + 1024,
      sd: 8 * plain.sd,
      median: 8 * plain.median + 1024,
      range: 8 * plain.range,
      skewness: plain.skewness,
      kurtosis: plain.kurtosis,
    });
  });

  it("has counts, a sum of 0 and nothing else for no values", () => {
    const undefinedMeasures = {
      ...{ mean: null, sd: null, min: null, p5: null, q1: null, median: null, q3: null, p95: null },
      ...{ max: null, range: null, skewness: null, kurtosis: null },
    };
    const empty = { count: 0, distinct: 0, zeros: 0, negatives: 0, sum: 0, ...undefinedMeasures };
    assertMeasures(describeNumbers([]), { missing: 0, ...empty });
    assertMeasures(describeNumbers([Number.NaN, Number.NaN]), { missing: 2, ...empty });
  });

  it("knows the place but not the spread of one value", () => {
    assertMeasures(describeNumbers([-2.5]), {
      ...{ count: 1, distinct: 1, negatives: 1, sum: -2.5, mean: -2.5, min: -2.5, p5: -2.5 },
      ...{ median: -2.5, p95: -2.5, max: -2.5, range: 0, sd: null, skewness: null, kurtosis: null },
    });
  });

  it("gives equal values their own mean, no spread and no shape, whatever a sum would round to", () => {
    const tenths = describeNumbers(new Float64Array(1_003).fill(0.1));
    assertMeasures(tenths, { distinct: 1, sd: 0, range: 0, skewness: null, kurtosis: null });
    assert.equal(tenths.mean, 0.1);
    assert.equal(tenths.p95, 0.1);
  });

  it("needs three values for skewness and four for kurtosis", () => {
    assertMeasures(describeNumbers([1, 2]), { sd: Math.SQRT1_2, skewness: null, kurtosis: null });
    assertMeasures(describeNumbers([0, 0, 3]), { skewness: Math.sqrt(3), kurtosis: null });
    assertMeasures(describeNumbers([0, 0, 0, 4]), { skewness: 2, kurtosis: 4 });
  });

  it("counts -0 as zero, not as negative and not apart from 0", () => {
    assertMeasures(describeNumbers([0, -0, 1]), { zeros: 2, negatives: 0, distinct: 2 });
  });

  it("keeps infinities as values and has no spread then", () => {
    assertMeasures(describeNumbers([1, 2, Infinity, Number.NaN]), {
      ...{ count: 3, missing: 1, distinct: 3, sum: Infinity, mean: Infinity, min: 1, median: 2 },
      ...{ q3: Infinity, max: Infinity, range: Infinity, sd: null, skewness: null, kurtosis: null },
    });
    assertMeasures(describeNumbers([-Infinity, 1, 2, 3, Infinity]), {
      ...{ negatives: 1, sum: null, mean: null, p5: -Infinity, q1: 1, median: 2, q3: 3, range: Infinity },
    });
    assertMeasures(describeNumbers([-Infinity, Infinity]), { median: null });
    assertMeasures(describeNumbers([Infinity, Infinity]), { mean: Infinity, range: null, sd: null });
  });

  it("keeps the mean and the spread of numbers whose sum is too large", () => {
    assertMeasures(describeNumbers([1e308, 1.5e308]), {
      ...{ sum: Infinity, mean: 1.25e308, median: 1.25e308, sd: Math.SQRT1_2 * 5e307 },
    });
  });

  it("adds half a million values exactly enough to find the pennies", () => {
    const random = seededRandom(7);
    const pennies = Array.from({ length: 500_000 }, () => Math.floor(random() * 10_000));
    const exact = pennies.reduce((total, value) => total + value, 0);
    const dirty = Float64Array.from([1e15, ...pennies.map((value) => value / 128), -1e15]);
    assert.equal(describeNumbers(dirty).sum, exact / 128);
  });

  it("keeps eleven digits of the shape of half a million values beside two huge ones", () => {
    const values = Array.from({ length: 500_000 }, (_, i) => 1 + (i % 24));
    const dirty = [...values, -80_995, 80_996];
    assertMeasures(describeNumbers(dirty), exactMoments(dirty), 1e-11);
  });
});

describe("describeTexts", () => {
  it("counts, ranks and measures texts", () => {
    assert.deepEqual(describeTexts(["mug", "bowl", null, "mug", "", "bowl", "plate"], { top: 3 }), {
      count: 6,
      missing: 1,
      distinct: 4,
      top: [
        { value: "bowl", count: 2 },
        { value: "mug", count: 2 },
        { value: "", count: 1 },
      ],
      minLength: 0,
      maxLength: 5,
    });
  });

  it("ranks equally frequent texts by code unit, in every order of arrival", () => {
    const texts = ["b", "B", "a", "é", "z", "10", "9"];
    const expected = ["10", "9", "B", "a", "b", "z", "é"];
    const names = (values: string[]): string[] => describeTexts(values).top.map((entry) => entry.value);
    assert.deepEqual(names(texts), expected);
    assert.deepEqual(names([...texts].reverse()), expected);
  });

  it("is not confused by names every object has", () => {
    const { top } = describeTexts(["constructor", "__proto__", "constructor"]);
    assert.deepEqual(top, [
      { value: "constructor", count: 2 },
      { value: "__proto__", count: 1 },
    ]);
  });

  it("names ten texts unless told otherwise", () => {
    const texts = Array.from({ length: 30 }, (_, i) => `text ${i}`);
    assert.equal(describeTexts(texts).top.length, 10);
    assert.equal(describeTexts(texts, { top: 0 }).top.length, 0);
    assert.equal(describeTexts(texts, { top: 99 }).top.length, 30);
  });

  it("has no lengths for no texts", () => {
    const none = { distinct: 0, top: [], minLength: Number.NaN, maxLength: Number.NaN };
    assert.deepEqual(describeTexts([]), { count: 0, missing: 0, ...none });
    assert.deepEqual(describeTexts([null, null]), { count: 0, missing: 2, ...none });
  });

  it("refuses a share or a negative number of top texts", () => {
    assert.throws(() => describeTexts(["a"], { top: 0.5 }), /whole number of top texts, got 0.5/);
    assert.throws(() => describeTexts(["a"], { top: -1 }), RangeError);
  });
});
