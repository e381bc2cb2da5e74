import { createHash } from "node:crypto";
import type { Feature } from "./dictionary/feature.js";
import { featureDictionary } from "./dictionary.js";
import { FEATURE_TABLES } from "./feature-tables.js";

/** Where definitions are looked up: the dictionary of this version when left out. */
export interface Definitions {
  features?: readonly Feature[];
  tables?: typeof FEATURE_TABLES;
}

/**
 * Fingerprint of all that decides a feature's values: its formula and type, those of the features that it is computed
 * from, and the queries of the tables under it. Words and white space do not count.
 * @returns SHA-256 as 64 hexadecimal digits.
 * @throws RangeError when the dictionary has no such feature.
 */
export function definitionHash(name: string, definitions: Definitions = {}): string {
  const { features = featureDictionary, tables = FEATURE_TABLES } = definitions;
  if (!features.some((feature) => feature.name === name))
    throw new RangeError(`the dictionary has no feature "${name}"`);
  const found = new Set<unknown>();
  const addFeature = (word: string): void => {
    const feature = features.find((one) => one.name === word);
    if (feature === undefined || found.has(feature)) return;
    found.add(feature);
    if (feature.table === "customers") wordsOf(feature.sql).forEach(addFeature);
    else addTable(feature.table);
  };
  const addTable = (word: string): void => {
    const table = tables.find((one) => one.name === word);
    if (table === undefined || found.has(table)) return;
    found.add(table);
    wordsOf(table.sql ?? "").forEach(addTable);
  };
  addFeature(name);
  const parts = [
    ...features
      .filter((feature) => found.has(feature))
      .map((feature) => [feature.name, feature.table, feature.type, plain(feature.sql)]),
    // Without a query, the words are the definition.
    ...tables
      .filter((table) => found.has(table))
      .map(({ name, sql, meaning }) => [name, plain(sql ?? meaning)]),
  ];
  return createHash("sha256")
    .update(JSON.stringify([name, parts]))
    .digest("hex");
}

function wordsOf(sql: string): readonly string[] {
  return sql.match(/[a-z_]\w*/gi) ?? [];
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
