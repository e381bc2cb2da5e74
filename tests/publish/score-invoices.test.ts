import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Database } from "#src/data/database.js";
import { InputError } from "#src/data/errors.js";
import { daysBefore } from "#src/features/days.js";
import type { KMeansClustering, Model } from "#src/publish/model.js";
import { modelFromJson, modelToJson } from "#src/publish/model-file.js";
import { scoreCustomers } from "#src/publish/score-customers.js";
import { type InvoiceScores, type ScoreOptions, scoreInvoices } from "#src/publish/score-invoices.js";
import { scoresAsCsv, scoresAsParquet } from "#src/publish/score-table.js";
import { segmentsAtDays } from "#src/publish/segments-at.js";
import { migrationBetween } from "#src/segments/migration.js";
import type { Row } from "#src/types.js";
import { HEADER, loadRealData, temporaryFolder } from "../data/support.js";
import { linesOfEvery, type ShopModel, shopModel } from "./support.js";

interface Scored {
  scores: InvoiceScores;
  rows: Row[];
}

const db = await Database.open();
after(() => db.close());

async function scored(path: string, model: Model, options?: ScoreOptions): Promise<Scored> {
  const scores = await scoreInvoices(db, path, model, options);
  return { scores, rows: await db.rows("FROM scores") };
}

const folder = temporaryFolder();

/** A file of lines. */
function shop(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, [HEADER, ...lines, ""].join("\n"));
  return path;
}

const small = shop("small.csv", linesOfEvery(6));
const sample = await shopModel(small, "features");

const segmentsOf = (rows: readonly Row[]): Map<unknown, unknown> =>
  new Map(rows.map((row) => [row["customer_id"], row["segment"]]));

describe("scoreInvoices", () => {
  it("comes to the same as placing customers at a day, and places who was there on an earlier one", async () => {
    const { path, model, segments } = sample;
    await scored(path, model);
    const day = model.training.referenceDate;
    const [earlier, now] = await segmentsAtDays(db, model, [daysBefore(day, 60), day]);
    assert.deepEqual(new Map(now!.ids.map((id, i) => [id, now!.segments[i]])), segments);
    const moves = migrationBetween(earlier!, now!, model.clustering.segments);
    assert.ok(earlier!.ids.length > 0 && earlier!.ids.length < now!.ids.length);
    assert.equal(
      moves.moved.flat().reduce((sum, moved) => sum + moved, 0),
      earlier!.ids.length,
    );
    assert.ok(moves.stayed > 0 && moves.stayed < 1, `${moves.stayed}`);
  });

  for (const kind of ["features", "forest"] as const)
    it(`finds the segments again in which the model's own customers are, in the space of ${kind}`, async () => {
      const { path, model, segments } = kind === "features" ? sample : await shopModel(small, kind);
      const { scores, rows } = await scored(path, modelFromJson(modelToJson(model)));
      assert.deepEqual(segmentsOf(rows), segments);
      assert.ok(new Set(segments.values()).size >= 3);
      assert.deepEqual(
        [scores.referenceDate, scores.customers],
        [model.training.referenceDate, model.training.customers],
      );
      for (const { segment, customers, share } of scores.segments) {
        assert.equal(customers, rows.filter((row) => row["segment"] === segment).length);
        assert.equal(share, customers / rows.length);
      }
    });

  it("gives some of the customers the segments and distances that they have among all", async () => {
    const { referenceDate } = sample.model.training;
    const all = new Map(
      (await scored(sample.path, sample.model)).rows.map((row) => [row["customer_id"], row]),
    );
    const some = shop("some.csv", linesOfEvery(12));
    const { rows } = await scored(some, sample.model, { referenceDate });
    assert.ok(rows.length > 10 && rows.length < all.size);
    for (const row of rows) assert.deepEqual(row, all.get(row["customer_id"]));
  });

  it("looks at customers at the day it is told, by the model's own cleaning", async () => {
    const referenceDate = "2011-06-01";
    const cleaning = { priceFloor: 5, cancelledSales: "keep" as const };
    const { model, segments, path } = await shopModel(small, "features", { referenceDate, cleaning });
    const { scores, rows } = await scored(path, model, { referenceDate });
    assert.deepEqual(segmentsOf(rows), segments);
    assert.equal(scores.referenceDate, referenceDate);
    const other = { ...model, schema: { ...model.schema, cleaning: sample.model.schema.cleaning } };
    assert.notDeepEqual(segmentsOf((await scored(path, other, { referenceDate })).rows), segments);
  });

  it("writes id, segment, distances and the features used, the same as CSV and as Parquet", async () => {
    const { rows } = await scored(sample.path, sample.model);
    const [csv, parquet] = [(await scoresAsCsv(db)).join(""), await scoresAsParquet(db)];
    const columns = ["customer_id", "segment", "distance", "next_distance"].concat(
      sample.model.features.map(({ name }) => name),
    );
    assert.deepEqual(Object.keys(rows[0]!), columns);
    assert.ok(rows.every((row) => (row["distance"] as number) <= (row["next_distance"] as number)));
    const [head, ...lines] = csv.trimEnd().split("\n");
    assert.equal(head, columns.join(","));
    assert.deepEqual(
      lines,
      rows.map((row) => columns.map((name) => String(row[name])).join(",")),
    );
    writeFileSync(join(folder, "scores.parquet"), parquet);
    assert.deepEqual(await db.rows(`FROM '${join(folder, "scores.parquet")}'`), rows);
    await scored(sample.path, sample.model);
    assert.equal((await scoresAsCsv(db)).join(""), csv);
    assert.ok((await scoresAsParquet(db)).equals(parquet));
  });

  it("says of a mixture the probability of the own segment instead of distances", async () => {
    const { model } = sample;
    const mixture = {
      ...{ kind: "gmm" as const, covarianceType: "spherical" as const, segments: ["a", "b", "c", "d"] },
      weights: Float64Array.of(0.25, 0.25, 0.25, 0.25),
      means: (model.clustering as KMeansClustering).centers,
      covariances: Float64Array.of(1, 1, 1, 1),
    };
    const { rows } = await scored(small, { ...model, clustering: mixture });
    // The customers are still there.
    await scoreCustomers(db, model);
    const nearest = new Map((await db.rows("FROM scores")).map((row) => [row["customer_id"], row]));
    assert.deepEqual(Object.keys(rows[0]!).slice(0, 4), [
      "customer_id",
      "segment",
      "probability",
      "gross_revenue",
    ]);
    for (const row of rows) {
      const probability = row["probability"] as number;
      assert.ok(probability >= 0.25 && probability <= 1);
      // Equal balls: the likeliest component is the nearest centre.
      const place = model.clustering.segments.indexOf(nearest.get(row["customer_id"])!["segment"] as string);
      assert.equal(row["segment"], "abcd"[place]);
    }
  });

  it("tells what it does next, and which features it filled in", async () => {
    const { model, path } = await shopModel(small, "features", { names: ["gross_revenue", "revenue_trend"] });
    const steps: string[] = [];
    const { scores } = await scored(path, model, { onStep: (step) => steps.push(step) });
    assert.deepEqual(steps.slice(0, 3), ["reading invoice lines", "cleaning", "describing customers"]);
    const gaps = model.preparation.features.find(({ name }) => name === "revenue_trend")!.impute!.missing;
    assert.ok(gaps > 0);
    assert.deepEqual(scores.imputed, { revenue_trend: gaps });
  });

  it("knows no next distance when there is one segment", async () => {
    const centers = { rows: 1, columns: 3, data: new Float64Array(3) };
    const { training, ...rest } = sample.model;
    const clustering = { kind: "kmeans" as const, centers, segments: ["all"] };
    const { rows } = await scored(small, { ...rest, training: { ...training, shares: [1] }, clustering });
    assert.ok(rows.every((row) => row["next_distance"] === null && row["segment"] === "all"));
  });

  const line = (customer: string, quantity = 6, price = "2.50"): string =>
    `1,85123A,HEART,${quantity},12/1/2010 8:26,${price},${customer},France`;
  const one = shop("one.csv", [line("1")]);
  const changed = ({ model }: ShopModel, change: Partial<Model["features"][number]>): Model => ({
    ...model,
    features: model.features.map((feature, i) => (i === 1 ? { ...feature, ...change } : feature)),
  });
  for (const [what, path, model, options, message] of [
    [
      "no identified customer",
      shop("nobody.csv", [line("")]),
      sample.model,
      {},
      "nobody.csv names no customer before 2010-12-02 (its lines are from 2010-12-01 08:26:00 to 2010-12-01 08:26:00): there is nobody to score",
    ],
    [
      "nobody with an order",
      shop("returned.csv", [line("1", -1), line("2", 1, "0.01")]),
      sample.model,
      {},
      "none of the 2 customers of returned.csv has an order left before 2010-12-02: there is nobody to score",
    ],
    [
      "nobody before the day",
      shop("late.csv", [line("1")]),
      sample.model,
      { referenceDate: "2010-12-01" },
      "late.csv names no customer before 2010-12-01 (its lines are from 2010-12-01 08:26:00 to 2010-12-01 08:26:00): there is nobody to score",
    ],
    [
      "a day that is none",
      sample.path,
      sample.model,
      { referenceDate: "10/12/2011" },
      'a reference date is a day such as 2011-12-10, got "10/12/2011"',
    ],
    [
      "an unknown feature",
      one,
      changed(sample, { name: "shoe_size" }),
      {},
      `the model needs shoe_size, which this version does not compute: fit the model again, or use version ${sample.model.productVersion}, which made it`,
    ],
    [
      "a feature that is no measure",
      one,
      changed(sample, { name: "customer_id" }),
      {},
      `the model needs customer_id, which this version does not compute: fit the model again, or use version ${sample.model.productVersion}, which made it`,
    ],
    [
      "another definition",
      one,
      changed(sample, { definition: "0".repeat(64) }),
      {},
      `the model knows another definition of ${sample.model.features[1]!.name}: fit the model again, or use version ${sample.model.productVersion}, which made it`,
    ],
  ] as [string, string, Model, ScoreOptions, string][])
    it(`says in one line: ${what}`, async () => {
      await assert.rejects(scored(path, model, options), new InputError(message));
    });

  it("says in one line which column is missing, and which value cannot be prepared", async () => {
    const path = join(folder, "plain.csv");
    writeFileSync(
      path,
      "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n1,1,6,2011-01-01,0,5\n",
    );
    const needy = { ...sample.model, schema: { ...sample.model.schema, columns: ["country" as const] } };
    await assert.rejects(
      scored(path, needy),
      new InputError("plain.csv has no column for country, which the model needs: add it"),
    );
    // A customer who paid nothing has no logarithm of revenue.
    const cleaning = { ...sample.model.schema.cleaning, priceFloor: null };
    const free = { ...sample.model, schema: { ...sample.model.schema, cleaning } };
    await assert.rejects(
      scored(path, free),
      /^InputError: the model cannot take a value of these customers: gross_revenue: .*, got 0/,
    );
  });

  it("finds the segments of the real data's customers again", async (t) => {
    const real = await loadRealData(t);
    if (real === undefined) return;
    const { model, segments } = await shopModel(real.path, "pca");
    const { scores, rows } = await scored(real.path, model);
    assert.deepEqual([scores.customers, scores.referenceDate], [4324, "2011-12-10"]);
    assert.deepEqual(segmentsOf(rows), segments);
  });
});
