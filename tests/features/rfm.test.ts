import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type RfmCustomer, scoreRfm } from "#src/features/rfm.js";
import { rfmSegmentOf, rfmSegments } from "#src/features/rfm-segments.js";
import { seededRandom } from "#src/math/random.js";

const customer = (orders: number, recencyDays = 1, netRevenue = 1): RfmCustomer => ({
  customerId: "1",
  recencyDays,
  orders,
  netRevenue,
});

describe("RFM scores", () => {
  it("are fifths of equal size without ties, the best with 5", () => {
    const scores = scoreRfm(Array.from({ length: 10 }, (_, i) => customer(i, i, i)));
    assert.deepEqual(
      scores.map(({ frequency }) => frequency),
      [1, 1, 2, 2, 3, 3, 4, 4, 5, 5],
    );
    assert.deepEqual(
      scores.map(({ recency, monetary }) => [recency, monetary]),
      [5, 5, 4, 4, 3, 3, 2, 2, 1, 1].map((recency, i) => [recency, 1 + Math.floor(i / 2)]),
    );
  });

  it("are equal for equal values, by those who do worse: one-off buyers have 1 however many they are", () => {
    const scores = scoreRfm([...Array.from({ length: 9 }, () => customer(1)), customer(2)]);
    assert.deepEqual(
      scores.map(({ frequency }) => frequency),
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 5],
    );
  });

  it("do not depend on the order of the customers, and grow with the value", () => {
    const random = seededRandom(3);
    const customers = Array.from({ length: 200 }, (_, i) => ({
      ...customer(Math.ceil(random() * 6), Math.ceil(random() * 40), Math.round(random() * 90) - 10),
      customerId: String(i),
    }));
    const scores = scoreRfm(customers);
    const back = scoreRfm([...customers].reverse()).reverse();
    assert.deepEqual(scores, back);
    for (const [i, a] of customers.entries())
      for (const [j, b] of customers.entries()) {
        if (a.orders <= b.orders) assert.ok(scores[i]!.frequency <= scores[j]!.frequency);
        if (a.recencyDays <= b.recencyDays) assert.ok(scores[i]!.recency >= scores[j]!.recency);
        if (a.netRevenue <= b.netRevenue) assert.ok(scores[i]!.monetary <= scores[j]!.monetary);
      }
  });

  it("are none for nobody, 1 for a single customer, and refuse what is no number", () => {
    assert.deepEqual(scoreRfm([]), []);
    assert.deepEqual(scoreRfm([customer(7)]), [
      { customerId: "1", recency: 1, frequency: 1, monetary: 1, segment: "Lost" },
    ]);
    assert.throws(() => scoreRfm([customer(Number.NaN)]), /RFM scores need finite values, got NaN/);
  });
});

describe("RFM segments", () => {
  const fives = [1, 2, 3, 4, 5];
  const all = fives.flatMap((recency) =>
    fives.flatMap((frequency) => fives.map((monetary) => ({ recency, frequency, monetary }))),
  );

  it("cover all 125 combinations, and every segment is reached", () => {
    const names = all.map((scores) => rfmSegmentOf(scores).name);
    assert.deepEqual(new Set(names), new Set(rfmSegments.map(({ name }) => name)));
    assert.equal(new Set(rfmSegments.map(({ name }) => name)).size, rfmSegments.length);
  });

  it("follow the rules as they are written", () => {
    const expected: [scores: string, name: string][] = [
      ["555", "Champions"],
      ["444", "Champions"],
      ["354", "Loyal"],
      ["541", "Loyal"],
      ["535", "Big spenders"],
      ["314", "Big spenders"],
      ["155", "Slipping away"],
      ["214", "Slipping away"],
      ["241", "Slipping away"],
      ["513", "Newcomers"],
      ["423", "Promising"],
      ["333", "Need attention"],
      ["233", "Hibernating"],
      ["111", "Lost"],
    ];
    for (const [scores, name] of expected) {
      const [recency, frequency, monetary] = scores.split("").map(Number) as [number, number, number];
      assert.equal(rfmSegmentOf({ recency, frequency, monetary }).name, name, scores);
    }
    const written = Object.fromEntries(rfmSegments.map(({ name, rule }) => [name, rule]));
    assert.equal(written["Champions"], "R 4-5, F 4-5, M 4-5");
    assert.equal(written["Slipping away"], "R 1-2, F 4-5; or R 1-2, M 4-5");
    assert.equal(written["Newcomers"], "R 4-5, F 1");
    assert.equal(written["Lost"], "everybody else");
  });

  it("never call a one-off buyer a champion or loyal", () => {
    for (const scores of all.filter(({ frequency }) => frequency === 1))
      assert.ok(!["Champions", "Loyal"].includes(rfmSegmentOf(scores).name));
  });

  it("refuse scores that are none", () => {
    assert.throws(
      () => rfmSegmentOf({ recency: 5, frequency: 0, monetary: 1 }),
      /an RFM score is 1, 2, 3, 4 or 5, got 0 for frequency/,
    );
  });
});
