import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { definitionHash } from "#src/features/definition-hash.js";
import { featureDictionary } from "#src/features/dictionary.js";
import { FEATURE_TABLES } from "#src/features/feature-tables.js";

/** The hash after a change of one entry. */
function after(
  name: string,
  changed: string,
  change: Partial<Record<"sql" | "type" | "label" | "definition", string>>,
): string {
  const features = featureDictionary.map((feature) =>
    feature.name === changed ? ({ ...feature, ...change } as typeof feature) : feature,
  );
  return definitionHash(name, { features });
}

describe("definitionHash", () => {
  it("tells all features apart", () => {
    const hashes = featureDictionary.map(({ name }) => definitionHash(name));
    assert.equal(new Set(hashes).size, featureDictionary.length);
    assert.ok(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash)));
  });

  it("notices another formula or type", () => {
    const hash = definitionHash("orders");
    assert.notEqual(after("orders", "orders", { sql: "count(*) + 1" }), hash);
    assert.notEqual(after("orders", "orders", { type: "DOUBLE" }), hash);
  });

  it("notices another formula of a feature that this one is computed from, however far down", () => {
    const hash = definitionHash("returned_share");
    assert.notEqual(after("returned_share", "gross_revenue", { sql: "sum(line_total)" }), hash);
    assert.equal(after("returned_share", "recency_days", { sql: "1" }), hash);
  });

  it("notices another query of a table below", () => {
    const tables = FEATURE_TABLES.map((table) =>
      table.name === "invoices" ? { ...table, sql: `${table.sql} HAVING true` } : table,
    );
    for (const name of ["orders", "order_days", "orders_per_active_month"])
      assert.notEqual(definitionHash(name, { tables }), definitionHash(name), name);
    assert.equal(definitionHash("returned_value", { tables }), definitionHash("returned_value"));
  });

  it("does not mind words and white space", () => {
    const change = { label: "Other", definition: "Other.", sql: "count(*)\n  " };
    assert.equal(after("orders", "orders", change), definitionHash("orders"));
  });

  it("refuses a name that is none", () => {
    assert.throws(() => definitionHash("x"), new RangeError('the dictionary has no feature "x"'));
  });
});
