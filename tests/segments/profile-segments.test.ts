import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { compareToRest } from "#src/segments/compare-to-rest.js";
import { describeSegments } from "#src/segments/name-segments.js";
import { placesOf, profileSegments } from "#src/segments/profile-segments.js";
import { readReturnCounts, valueAfterReturns } from "#src/segments/returns-value.js";
import { offersFor, overRepresented, readProductBuyers } from "#src/segments/segment-products.js";
import { cleanedShop } from "../features/support.js";
import { root } from "../structure/support.js";

const customers = {
  ids: ["a", "b", "c", "d", "e", "f"],
  columns: {
    gross_revenue: Float64Array.of(100, 300, 10, 20, 30, 40),
    net_revenue: Float64Array.of(90, 260, 10, 20, 30, 40),
    recency_days: Float64Array.of(1, 3, 50, Number.NaN, 70, 90),
  },
};
const labels = [5, 5, 2, 2, 2, -1];
const money = (value: number): string => `£${value}`;

describe("the profile of segments", () => {
  const profiles = profileSegments(customers, labels, { seed: 1, resamples: 200 });
  const [top, low] = profiles;

  it("compares with all other customers, noise too, and never with the segment itself", () => {
    assert.deepEqual([top!.label, top!.place, top!.customers, top!.share], [5, 1, 2, 1 / 3]);
    assert.deepEqual([top!.gross.revenue, top!.gross.share, top!.net.share], [400, 0.8, 350 / 450]);
    assert.equal(top!.sortShare, 0.8);
    const spend = top!.features[0]!;
    assert.deepEqual([spend.mean.own, spend.mean.rest, spend.mean.ratio], [200, 25, 8]);
    assert.deepEqual([spend.median.own, spend.median.rest, spend.median.difference], [200, 25, 175]);
    assert.equal(spend.delta.value, 1);
    const recency = top!.features[2]!;
    assert.deepEqual([recency.mean.rest, recency.delta.value], [70, -1]);
    assert.equal(low!.features[0]!.delta.value, -1);
  });

  it("is the same from the same seed and for other numbers of the clusters", () => {
    const renamed = labels.map((label) => (label === 5 ? 0 : label === 2 ? 9 : -1));
    const again = profileSegments(customers, renamed, { seed: 1, resamples: 200 });
    assert.deepEqual(
      again.map((profile) => ({ ...profile, label: 0 })),
      profiles.map((profile) => ({ ...profile, label: 0 })),
    );
    assert.deepEqual([...placesOf(labels, customers.columns.gross_revenue)], [1, 1, 2, 2, 2, 0]);
  });

  it("tells no interval of a segment of one, and nothing against nobody", () => {
    const one = profileSegments(customers, [0, 0, 0, 0, 0, 1], { seed: 1, resamples: 20 });
    assert.equal(one[1]!.gross.interval, null);
    const [everybody] = profileSegments(customers, [0, 0, 0, 0, 0, 0], { seed: 1, resamples: 20 });
    assert.ok(Number.isNaN(everybody!.features[0]!.delta.value));
    assert.equal(everybody!.features[0]!.mean.ratio, null);
    assert.deepEqual(
      profileSegments(
        { ids: [], columns: { gross_revenue: new Float64Array(), net_revenue: new Float64Array() } },
        [],
        { seed: 1 },
      ),
      [],
    );
  });
});

describe("medians of resamples", () => {
  it("fall on each value as often as binomial chances say", () => {
    // Of 3 values the median of a resample is the least one when at least 2 of 3 draws are: 7 in 27; likewise the most.
    const { median } = compareToRest(Float64Array.of(1, 2, 3), Float64Array.of(0, 0, 0), {
      resamples: 40_000,
      level: 1 - (2 * 7) / 27 + 0.02,
      seed: 5,
    });
    assert.deepEqual([median.differenceInterval.low, median.differenceInterval.high], [1, 3]);
    const narrower = compareToRest(Float64Array.of(1, 2, 3), Float64Array.of(0, 0, 0), {
      resamples: 40_000,
      level: 1 - (2 * 7) / 27 - 0.02,
      seed: 5,
    }).median.differenceInterval;
    assert.deepEqual([narrower.low, narrower.high], [2, 2]);
  });

  it("of two values take the middle of two draws: the mean of both in half of the cases", () => {
    const of = (level: number): number =>
      compareToRest(Float64Array.of(0, 2), Float64Array.of(0), { resamples: 40_000, level, seed: 6 }).median
        .differenceInterval.low;
    assert.deepEqual([of(0.52), of(0.48)], [0, 1]);
  });

  it("tell no ratio to a rest whose median may be 0", () => {
    const { median, mean } = compareToRest(Float64Array.of(5, 6), Float64Array.of(0, 0, 3), { seed: 1 });
    assert.deepEqual([median.ratio, mean.ratio], [null, null]);
  });
});

describe("names of segments", () => {
  it("come from place and drivers, and text from the numbers", () => {
    const [top, low] = describeSegments(profileSegments(customers, labels, { seed: 1, resamples: 50 }), {
      programme: "Club",
      money,
    });
    assert.equal(top!.name, "Club");
    assert.equal(low!.name, "Small spenders, little left after returns");
    assert.match(top!.paragraph, /^Club: 2 customers, 33\.3% of all\. They bring £400, 80\.0% \(/);
    assert.match(top!.paragraph, /as many customers who stand first by revenue hold 80\.0%\./);
    assert.match(top!.paragraph, /gross revenue £200 in the median against £25/);
    assert.ok(low!.actions.includes("Keep contact cheap: newsletters rather than calls"));
  });

  it("fall back to the place where nothing stands out or a name is taken", () => {
    const same = {
      ids: ["a", "b", "c", "d"],
      columns: { gross_revenue: Float64Array.of(1, 1, 1, 1), net_revenue: Float64Array.of(1, 1, 1, 1) },
    };
    const found = describeSegments(profileSegments(same, [1, 1, 0, 0], { seed: 1, resamples: 20 }), {
      programme: "Club",
      money,
    });
    assert.deepEqual(
      found.map(({ name }) => name),
      ["Club", "Segment 2"],
    );
    assert.match(found[1]!.paragraph, /In no feature do they stand out/);
  });
});

describe("products of a segment", () => {
  interface Fixture {
    products: {
      ownSize: number;
      restSize: number;
      rows: { own: number; rest: number; lift: number; low: number; high: number; pValue: number }[];
    };
  }
  const { products: given } = JSON.parse(
    readFileSync(join(root, "tests/segments/fixtures/segments.json"), "utf8"),
  ) as Fixture;
  const [members, others] = [given.ownSize, given.restSize].map((count, side) =>
    Array.from({ length: count }, (_, i) => `${side} ${i}`),
  );
  const products = given.rows.map(({ own, rest }, at) => ({
    product: `p${at}`,
    description: "",
    buyers: [...members!.slice(0, own), ...others!.slice(0, rest)],
  }));

  it("have the lift, interval and adjusted p of statsmodels and scipy", () => {
    const sides = { members: members!, others: others! };
    const found = overRepresented(products, sides, { least: 0, alpha: 1 });
    assert.ok(found.length >= 3);
    for (const row of found) {
      const wanted = given.rows[Number(row.product.slice(1))]!;
      for (const [one, other] of [
        [row.lift, wanted.lift],
        [row.interval.low, wanted.low],
        [row.interval.high, wanted.high],
        [row.pValue, wanted.pValue],
      ])
        assert.ok(Math.abs(one! / other! - 1) < 1e-9, `${row.product}: ${one} and ${other}`);
    }
    assert.ok(found.every((row, i) => i === 0 || row.interval.low <= found[i - 1]!.interval.low));
  });

  it("are few per choice where a segment buys more of everything alike", () => {
    const more = ["x", "y", "z"].map((product) => ({
      product,
      description: "",
      buyers: [...members!.slice(0, 50), ...others!.slice(0, 20)],
    }));
    const sides = { members: members!, others: others! };
    assert.equal(overRepresented(more, sides).length, 3);
    assert.deepEqual(overRepresented(more, sides, { per: "choices" }), []);
  });

  it("are offered to whom has not bought them, in their order", () => {
    const found = overRepresented(products, { members: members!, others: others! }, { least: 0, alpha: 1 });
    const [buyer, stranger] = offersFor(["0 0", "nobody"], found, products, 2);
    assert.deepEqual(buyer!.offers, []);
    assert.deepEqual(stranger!.offers, found.slice(0, 2));
  });

  it("need two sides without a common customer", () => {
    assert.throws(() => overRepresented([], { members: [], others: ["a"] }), /got 0 and 1 customers/);
    assert.throws(() => overRepresented([], { members: ["a"], others: ["a"] }), /got "a" on both/);
    assert.deepEqual(overRepresented([], { members: ["a"], others: ["b"] }), []);
  });
});

describe("value after returns", () => {
  it("takes back the margin of what came back and the cost of handling it", () => {
    const counts = { gross: [100, 50], returned: [20, 0], returns: [3, 0] };
    const found = valueAfterReturns(counts, { margin: 0.5, costPerReturn: 2 });
    assert.deepEqual(
      [[...found.before], [...found.after], [...found.lost]],
      [
        [50, 25],
        [34, 25],
        [16, 0],
      ],
    );
    assert.throws(
      () => valueAfterReturns(counts, { margin: 2, costPerReturn: 2 }),
      /margin in \[0, 1\], got 2/,
    );
    assert.throws(() => valueAfterReturns(counts, { margin: 1, costPerReturn: -1 }), /at least 0, got -1/);
  });

  it("counts lines and units, and buyers of products, before a day only", async () => {
    const line = (customerId: string, day: string, quantity: number, stockCode = "22423") => ({
      customerId,
      stockCode,
      description: "A CAKE STAND",
      quantity,
      invoiceNo: `${quantity < 0 ? "C" : ""}${customerId}${day}`,
      invoicedAt: `2011-${day} 10:00:00`,
      unitPrice: 2.5,
    });
    const db = await cleanedShop([
      line("1", "01-05", 10),
      line("1", "01-09", -2),
      line("1", "03-09", -3),
      line("2", "03-05", 4),
    ]);
    const { lines, units } = await readReturnCounts(db, ["2", "1"], "2011-03-01");
    assert.deepEqual(
      [[...lines], [...units]],
      [
        [0, 1],
        [0, 2],
      ],
    );
    assert.deepEqual(await readProductBuyers(db, "2011-03-01"), [
      { product: "22423", description: "A CAKE STAND", buyers: ["1"] },
    ]);
    await assert.rejects(readProductBuyers(db, "2011"), /YYYY-MM-DD, got "2011"/);
    db.close();
  });
});
