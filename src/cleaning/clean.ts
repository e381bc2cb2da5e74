import type { Database } from "../data/database.js";
import { remainingLines, withExcludedRows } from "./mark-excluded.js";
import { type CleaningOptions, completeOptions } from "./options.js";

/**
 * Sorts the rows of `invoice_lines` into `purchases`, `returns` (negative units) and `excluded_rows`; with keys where
 * `invoice_lines` has some.
 *
 * All three keep every column and add `line_total`, units times price. `excluded_rows` tells the `rule` that took the
 * row out, the `reason` in words and, for a cancelled sale, the `matched_row` it belongs to. Lines without a customer
 * stay, with a null customer; they are never matched. `purchases` and `returns` are views of the other tables: to copy
 * half a million lines takes longer than to leave some out whenever they are read. In no order but that of `row`, asked for.
 * @throws RangeError for an option that has no meaning.
 */
export async function cleanInvoices(db: Database, options: CleaningOptions = {}): Promise<void> {
  await withExcludedRows(db, completeOptions(options), async (excluded, tables) => {
    const lines = tables.from("invoice_lines");
    await tables.replaceTable(
      "excluded_rows",
      `SELECT lines.*, (quantity * unit_price)::DECIMAL(18, 4) AS line_total, rule, reason, matched_row
       FROM ${lines} AS lines JOIN ${excluded} USING (row) ORDER BY row`,
    );
    const remaining = remainingLines(lines, tables.from("excluded_rows"));
    await tables.replaceView("purchases", `FROM (${remaining}) WHERE quantity >= 0`);
    await tables.replaceView("returns", `FROM (${remaining}) WHERE quantity < 0`);
  });
}
