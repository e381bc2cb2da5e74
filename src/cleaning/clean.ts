import type { Database } from "../data/database.js";
import { replaceTable } from "../data/tables.js";
import { remainingLines, withExcludedRows } from "./mark-excluded.js";
import { type CleaningOptions, completeOptions } from "./options.js";

/**
 * Sorts the rows of `invoice_lines` into the tables `purchases`, `returns` (negative units) and `excluded_rows`.
 *
 * All three keep every column and add `line_total`, units times price. `excluded_rows` tells the `rule` that took the
 * row out, the `reason` in words and, for a cancelled sale, the `matched_row` it belongs to. Lines without a customer
 * stay, with a null customer; they are never matched.
 * @throws RangeError for an option that has no meaning.
 */
export async function cleanInvoices(db: Database, options: CleaningOptions = {}): Promise<void> {
  await withExcludedRows(db, completeOptions(options), async (excluded) => {
    const remaining = remainingLines(excluded);
    await replaceTable(db, "purchases", `FROM (${remaining}) WHERE quantity >= 0 ORDER BY row`);
    await replaceTable(db, "returns", `FROM (${remaining}) WHERE quantity < 0 ORDER BY row`);
    await replaceTable(
      db,
      "excluded_rows",
      `SELECT lines.*, (quantity * unit_price)::DECIMAL(18, 4) AS line_total, rule, reason, matched_row
       FROM invoice_lines AS lines JOIN ${excluded} USING (row) ORDER BY row`,
    );
  });
}
