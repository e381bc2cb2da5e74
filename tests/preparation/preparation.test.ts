import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { matrixOf } from "#src/math/matrix.js";
import { seededRandom } from "#src/math/random.js";
import type { CustomerColumns } from "#src/preparation/customer-columns.js";
import type { FeaturePlan } from "#src/preparation/plan.js";
import { fitPreparation } from "#src/preparation/preparation.js";
import { preparationFromJson, preparationToJson } from "#src/preparation/preparation-json.js";
import { assertAllNear, readFixture, type TransformFixture, toNumbers } from "./support.js";

const { pipelines } = readFixture<TransformFixture>("transforms");

const tableOf = (columns: Record<string, ArrayLike<number>>): CustomerColumns => ({
  ids: Array.from({ length: Object.values(columns)[0]?.length ?? 0 }, (_, i) => `c${i}`),
  columns: Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]),
  ),
});
const entry = (name: string, change: Partial<FeaturePlan> = {}): FeaturePlan => ({
  name,
  impute: "median",
  transform: "none",
  scale: "standard",
  ...change,
});

const random = seededRandom(11);
const draw = (make: () => number): Float64Array => Float64Array.from({ length: 200 }, make);
const table = tableOf({
  recency_days: draw(() => 1 + Math.floor(370 * random())),
  gross_revenue: draw(() => Math.exp(4 + 3 * random() + 2 * random())),
  returned_value: draw(() => (random() < 0.7 ? 0 : 1000 * random() ** 3)),
  net_revenue: draw(() => (random() - 0.1) / (random() + 1e-4)),
  median_days_between_orders: draw(() => (random() < 0.3 ? Number.NaN : 90 * random())),
  top_product_share: draw(random),
});
const plan: FeaturePlan[] = [
  entry("gross_revenue", { transform: "box-cox", reason: "Skewness 9." }),
  entry("recency_days", { scale: "min-max" }),
  entry("returned_value", { transform: "log1p", scale: "robust" }),
  entry("net_revenue", { transform: "quantile-normal", scale: "none" }),
  entry("median_days_between_orders", { transform: "yeo-johnson", impute: 365 }),
  entry("top_product_share", { transform: "quantile-uniform", impute: null }),
];

describe("a preparation", () => {
  it("agrees with scikit-learn's pipelines of imputer, transformer and scaler", () => {
    const columns = Object.fromEntries(
      Object.entries(pipelines.columns).map(([name, values]) => [name, toNumbers(values)]),
    );
    const { prepared } = fitPreparation(tableOf(columns), pipelines.plan as FeaturePlan[]);
    assertAllNear(prepared.X.data, pipelines.rows.flat(), 1e-6);
  });

  it("has a row for each customer, in the order of the ids, and a column for each entry of the plan", () => {
    const { prepared } = fitPreparation(table, plan);
    assert.equal(prepared.ids, table.ids);
    assert.deepEqual(
      prepared.names,
      plan.map(({ name }) => name),
    );
    assert.deepEqual([prepared.X.rows, prepared.X.columns], [200, 6]);
    assert.ok(prepared.X.data.every(Number.isFinite));
    const gaps = table.columns["median_days_between_orders"]!.filter(Number.isNaN).length;
    assert.deepEqual(prepared.imputed, [0, 0, 0, 0, gaps, 0]);
  });

  it("gives a customer the same place whoever else is transformed with him", () => {
    const { preparation, prepared } = fitPreparation(table, plan);
    const alone = {
      ids: ["c7"],
      columns: Object.fromEntries(
        Object.entries(table.columns).map(([name, values]) => [name, values.slice(7, 8)]),
      ),
    };
    assert.deepEqual([...preparation.transform(alone).X.data], [...prepared.X.data.slice(7 * 6, 8 * 6)]);
  });

  it("takes points back to the units of the features", () => {
    const { preparation, prepared } = fitPreparation(table, plan);
    const back = preparation.inverseTransform(prepared.X);
    assert.deepEqual(Object.keys(back), prepared.names);
    for (const { name, impute } of plan) {
      const filled = Array.from(table.columns[name]!, (value) =>
        Number.isNaN(value) ? Number(impute) : value,
      );
      assertAllNear(back[name]!, filled, 1e-9);
    }
    assert.throws(() => preparation.inverseTransform(matrixOf([[1, 2]])), /has 6 features, got 2 columns/);
  });

  it("leaves the table as it was", () => {
    const before = JSON.stringify(Object.values(table.columns).map((values) => [...values]));
    fitPreparation(table, plan);
    assert.equal(JSON.stringify(Object.values(table.columns).map((values) => [...values])), before);
  });

  it("may have no customers to transform, and no features", () => {
    const { preparation } = fitPreparation(table, plan);
    const none = tableOf(Object.fromEntries(Object.keys(table.columns).map((name) => [name, []])));
    assert.deepEqual(preparation.transform(none).X, { rows: 0, columns: 6, data: new Float64Array(0) });
    assert.deepEqual(fitPreparation(table, []).prepared.X, {
      rows: 200,
      columns: 0,
      data: new Float64Array(0),
    });
  });

  it("makes a constant 0, and one customer too", () => {
    const one = tableOf({ a: [4], b: [0], c: [9] });
    const { prepared } = fitPreparation(one, [
      entry("a", { transform: "box-cox" }),
      entry("b", { transform: "yeo-johnson", scale: "robust" }),
      entry("c", { transform: "quantile-uniform", scale: "min-max" }),
    ]);
    assert.deepEqual([...prepared.X.data], [0, 0, 0]);
  });
});

describe("a plan is refused", () => {
  const refused = (changed: FeaturePlan[], message: RegExp, of: CustomerColumns = table): void => {
    assert.throws(() => fitPreparation(of, changed), message);
  };

  it("when it names a key, or anything else that is no measure", () => {
    const withKeys = { ...table, columns: { ...table.columns, customer_id: new Float64Array(200) } };
    const message = /a preparation fits measures, and customer_id is a key: it stays beside the matrix/;
    refused([entry("customer_id")], message, withKeys);
    refused([entry("reference_date")], /reference_date is a key/);
    refused([entry("country")], /country is a category/);
    refused([entry("first_order_at")], /first_order_at is a moment/);
  });

  it("when a column is named twice, is not there, or has another length", () => {
    refused([entry("recency_days"), entry("recency_days")], /each feature once, got recency_days twice/);
    refused([entry("recencydays")], /no column recencydays among recency_days, gross_revenue, /);
    refused([entry("toString")], /no column toString among/);
    refused([entry("a")], /column a has 1 values for 2 customers/, {
      ids: ["x", "y"],
      columns: { a: Float64Array.of(1) },
    });
  });

  it("when gaps are left, values are infinite or do not fit the transform, with the name of the feature", () => {
    refused(
      [entry("median_days_between_orders", { impute: null })],
      /^RangeError: median_days_between_orders: \d+ of 200 values are missing, and the plan fills none$/,
    );
    refused(
      [entry("returned_value", { transform: "box-cox" })],
      /^RangeError: returned_value: Box-Cox needs positive/,
    );
    refused(
      [entry("a")],
      /a: fitImputer needs a value, got none \(2 missing\)/,
      tableOf({ a: [Number.NaN, Number.NaN] }),
    );
    refused(
      [entry("a", { impute: 0 })],
      /a: a preparation needs finite values, got Infinity \(row 1\)/,
      tableOf({ a: [1, Infinity] }),
    );
    refused(
      [entry("a", { transform: "logit" as "none" })],
      /a: unknown steps: logit, standard/,
      tableOf({ a: [1, 2] }),
    );
  });

  it("later, when a table lacks a column or has gaps that were not foreseen", () => {
    const { preparation } = fitPreparation(tableOf({ a: [1, 2] }), [entry("a", { impute: null })]);
    assert.throws(() => preparation.transform(tableOf({ b: [1] })), /no column a among b/);
    assert.throws(
      () => preparation.transform(tableOf({ a: [1, Number.NaN] })),
      /a: 1 of 2 values are missing/,
    );
  });
});

describe("a stored preparation", () => {
  const { preparation, prepared } = fitPreparation(table, plan);
  const text = JSON.stringify(preparationToJson(preparation));

  it("gives the same bytes, and is stored as the same text again", () => {
    const again = preparationFromJson(JSON.parse(text));
    assert.deepEqual(
      new Uint8Array(again.transform(table).X.data.buffer),
      new Uint8Array(prepared.X.data.buffer),
    );
    assert.equal(JSON.stringify(preparationToJson(again)), text);
    assert.equal(JSON.stringify(preparationToJson(fitPreparation(table, plan).preparation)), text);
  });

  it("says what was done and why, in the order of the columns", () => {
    const { format, features } = preparationToJson(preparation);
    assert.equal(format, "insiders-preparation/1");
    assert.deepEqual(
      features.map(({ steps }) => steps.map(({ kind }) => kind)),
      [
        ["box-cox", "standard"],
        ["min-max"],
        ["log1p", "robust"],
        ["quantile"],
        ["yeo-johnson", "standard"],
        ["quantile", "standard"],
      ],
    );
    assert.equal(features[0]!.reason, "Skewness 9.");
    const missing = table.columns["median_days_between_orders"]!.filter(Number.isNaN).length;
    assert.deepEqual(features[4]!.impute, { strategy: "constant", value: 365, missing });
    assert.equal(features[5]!.impute, null);
  });

  it("is refused in another format, and where a feature cannot be read, by its name", () => {
    const json = JSON.parse(text) as { format: string; features: Record<string, unknown>[] };
    const refused = (changed: unknown, message: RegExp): void =>
      assert.throws(() => preparationFromJson(changed), message);
    for (const other of [null, undefined, {}, { ...json, format: "insiders-preparation/2" }])
      refused(other, /a stored preparation has format "insiders-preparation\/1", got /);
    refused({ format: json.format }, /has a list of features, got none/);
    const withFirst = (change: object): object => ({
      ...json,
      features: [{ ...json.features[0], ...change }],
    });
    refused(
      withFirst({ steps: [{ kind: "tanh" }] }),
      /gross_revenue: a stored transform is one of log1p, .*, got "tanh"/,
    );
    refused(withFirst({ steps: null }), /the stored feature gross_revenue has no list of steps/);
    refused(
      withFirst({ impute: { strategy: "mode", value: 1, missing: 0 } }),
      /gross_revenue: a stored imputer/,
    );
    refused(withFirst({ impute: undefined }), /gross_revenue: a stored imputer is null or has strategy/);
    refused(withFirst({ name: 3 }), /a stored feature has a name, got 3 \(feature 0\)/);
  });
});
