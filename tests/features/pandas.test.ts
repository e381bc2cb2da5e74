import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { cleanInvoices } from "#src/cleaning/clean.js";
import { Database } from "#src/data/database.js";
import { loadInvoices } from "#src/data/load.js";
import { cohortRetention } from "#src/features/cohorts.js";
import { buildCustomers } from "#src/features/customers.js";
import { featureDictionary } from "#src/features/dictionary.js";
import { rfmScores } from "#src/features/rfm.js";
import type { Cell, Row } from "#src/types.js";

/** What customers.py wrote. */
interface Expected {
  dates: {
    referenceDate: string;
    columns: string[];
    rows: Cell[][];
    scores: [customer: string, recency: number, frequency: number, monetary: number][];
    cohorts: string[];
    active: (number | null)[][];
  }[];
}

const folder = new URL("../../../tests/features/fixtures/", import.meta.url);
const { dates } = JSON.parse(readFileSync(new URL("customers.json", folder), "utf8")) as Expected;

describe("pandas, from the same file and the definitions alone,", () => {
  for (const { referenceDate, columns, rows, scores, cohorts, active } of dates)
    it(`gives the same features, scores and cohorts at ${referenceDate}`, async () => {
      const db = await Database.open();
      await loadInvoices(db, new URL("shop.csv", folder).pathname);
      await cleanInvoices(db);
      await buildCustomers(db, { referenceDate });
      const customers = await db.rows("FROM customers");
      assert.deepEqual(
        new Set([...columns, "reference_date"]),
        new Set(featureDictionary.map(({ name }) => name)),
      );
      assert.deepEqual(
        customers.map(({ customer_id }) => customer_id),
        rows.map((row) => row[columns.indexOf("customer_id")]),
      );
      for (const [i, row] of customers.entries()) assertSame(row, columns, rows[i]!);
      assert.deepEqual(
        (await rfmScores(db)).map((row) => [row.customerId, row.recency, row.frequency, row.monetary]),
        scores,
      );
      const retention = await cohortRetention(db, { referenceDate });
      assert.deepEqual([retention.cohorts, retention.active], [cohorts, active]);
      db.close();
    });
});

function assertSame(row: Row, columns: readonly string[], expected: readonly Cell[]): void {
  columns.forEach((name, i) => {
    const [ours, theirs] = [row[name] ?? null, expected[i] ?? null];
    if (typeof ours !== "number" || typeof theirs !== "number") assert.equal(ours, theirs, name);
    else
      assert.ok(
        Math.abs(ours - theirs) <= 1e-9 * Math.abs(theirs),
        `${row.customer_id} ${name}: ${ours} against ${theirs}`,
      );
  });
}
