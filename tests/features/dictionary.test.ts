import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { featureDictionary } from "#src/features/dictionary.js";
import { FEATURE_TABLES } from "#src/features/feature-tables.js";

describe("the data dictionary", () => {
  for (const feature of featureDictionary)
    it(`says what ${feature.name} is, in what unit, how it is computed and what happens at its edges`, () => {
      const { name, label, unit, role, definition, sql, edgeCase, table } = feature;
      assert.match(name, /^[a-z][a-z0-9_]*$/);
      for (const words of [label, definition, sql, edgeCase]) assert.ok(words.trim().length > 2);
      assert.match(definition, /\.$/);
      assert.match(edgeCase, /\.$/);
      assert.equal(unit === "", role === "category" || name === "customer_id");
      assert.ok(FEATURE_TABLES.some((known) => known.name === table && known.meaning !== ""));
    });

  it("has every name and label once", () => {
    for (const key of ["name", "label"] as const)
      assert.equal(new Set(featureDictionary.map((feature) => feature[key])).size, featureDictionary.length);
  });
});
