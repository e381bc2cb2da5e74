import { TEXT_COLUMNS } from "../data/columns.js";
import { type Database, sqlText } from "../data/database.js";
import { LineTables } from "../data/line-tables.js";
import { withScratchTable } from "../data/tables.js";
import { matchCancelledSales, type SaleLine } from "./cancelled-sales.js";
import type { Cleaning } from "./options.js";
import { CANCELLED_SALE, LINE_RULES } from "./rules.js";

/**
 * Decides which rows of `invoice_lines` leave the analysis, in a scratch table (`row`, `rule`, `reason`,
 * `matched_row`) that lives as long as `use` runs. No other table is touched.
 * @param use - gets its name, and the tables of lines: `invoice_lines` with keys where it has some.
 */
export async function withExcludedRows<T>(
  db: Database,
  cleaning: Cleaning,
  use: (table: string, tables: LineTables) => Promise<T>,
): Promise<T> {
  const rules = LINE_RULES.flatMap(({ name, title, condition, reason }) => {
    const when = condition(cleaning);
    return when === null ? [] : [{ name, when, reason: reason?.(cleaning) ?? sqlText(title) }];
  });
  const first = rules.map(({ name, when }) => `WHEN ${when} THEN ${sqlText(name)}`);
  const reasons = rules.map(({ name, reason }) => `WHEN ${sqlText(name)} THEN ${reason}`);
  const rule = rules.length === 0 ? "NULL::VARCHAR" : `CASE ${first.join(" ")} END`;
  const reason = rules.length === 0 ? "NULL::VARCHAR" : `CASE rule ${reasons.join(" ")} END`;
  const tables = await LineTables.of(db, "invoice_lines");
  const named = TEXT_COLUMNS.filter((column) => rule.includes(column) || reason.includes(column));
  const lines = tables.withTexts(`FROM ${tables.from("invoice_lines")}`, named);
  const excluded = `SELECT row, rule, ${reason} AS reason, NULL::INTEGER AS matched_row
    FROM (SELECT *, ${rule} AS rule FROM (${lines})) WHERE rule IS NOT NULL`;
  return withScratchTable(db, excluded, async (table) => {
    if (cleaning.cancelledSales === "drop") await addCancelledSales(db, tables, table);
    return use(table, tables);
  });
}

/** The rows of a table of lines that a table of excluded rows leaves over, with their `line_total`. */
export function remainingLines(lines: string, excluded: string): string {
  return `SELECT *, (quantity * unit_price)::DECIMAL(18, 4) AS line_total
    FROM ${lines} WHERE row NOT IN (SELECT row FROM ${excluded})`;
}

async function addCancelledSales(db: Database, tables: LineTables, excluded: string): Promise<void> {
  // As columns of numbers: to make objects of the rows takes longer than to find them. In the order they are served in,
  // which costs the database less than a sort here.
  const [rows, keys, times, sides] = (await db.columns(
    `WITH remaining AS (
       SELECT *, abs(quantity) AS size FROM ${tables.from("invoice_lines")}
       WHERE customer_id IS NOT NULL AND row NOT IN (SELECT row FROM ${excluded})
     ), returned AS (
       SELECT customer_id, stock_code, size, unit_price, min(row) AS key
       FROM remaining WHERE quantity < 0 GROUP BY ALL
     )
     SELECT row, key, epoch(invoiced_at), sign(quantity)
     FROM remaining JOIN returned USING (customer_id, stock_code, size, unit_price)
     WHERE quantity <> 0 ORDER BY key, invoiced_at, quantity < 0, row`,
  )) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const lines = Array.from(
    rows,
    (row, i): SaleLine => ({ row, key: keys[i]!, invoicedAt: times[i]!, isReturn: sides[i]! < 0 }),
  );
  const pairs = matchCancelledSales(lines);
  const both = pairs.flatMap(({ purchaseRow, returnRow }) => [
    [purchaseRow, returnRow],
    [returnRow, purchaseRow],
  ]);
  await db.run(
    `INSERT INTO ${excluded}
     SELECT pair[1], $rule, $reason, pair[2] FROM (SELECT unnest(from_json($pairs, '[["INTEGER"]]')) AS pair)`,
    { rule: CANCELLED_SALE.name, reason: CANCELLED_SALE.title, pairs: JSON.stringify(both) },
  );
}
