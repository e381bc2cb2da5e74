import type { Database } from "../data/database.js";
import { withScratchTable } from "../data/tables.js";
import { RULES } from "./rules.js";

/** One entry of the row account. Money is in the currency of the source. */
export interface AccountRow {
  /** "raw", "rejected", the name of a rule, "purchases" or "returns". */
  name: string;
  title: string;
  rows: number;
  /** Of rejected rows, those units and that money that could be read. */
  units: number;
  money: number;
  /** Rows with a customer id. */
  identifiedRows: number;
  /** Different customer ids. */
  customers: number;
  /** What is left after this step; `null` for purchases and returns, which are what is left. */
  rowsLeft: number | null;
  customersLeft: number | null;
}

const TITLES: readonly { name: string; title: string }[] = [
  { name: "raw", title: "rows of the source" },
  { name: "rejected", title: "cannot be read" },
  ...RULES,
  { name: "purchases", title: "purchases" },
  { name: "returns", title: "returns" },
];

const NOTHING = { rows: 0, units: 0, money: 0, identifiedRows: 0, customers: 0 };

/**
 * Where every row of the source went: the account of `invoice_lines`, `rejected_rows`, `excluded_rows`, `purchases`
 * and `returns`, in the order in which rows leave. Rules that took nothing are listed with zeros.
 */
export async function accountRows(db: Database): Promise<AccountRow[]> {
  return withScratchTable(db, PARTS, async (parts) => {
    const measures = `count(*) AS rows, coalesce(sum(units), 0) AS units, coalesce(sum(money), 0) AS money,
      count(customer_id) AS "identifiedRows", count(DISTINCT customer_id) AS customers`;
    const entries = await db.rows<Omit<AccountRow, "title" | "rowsLeft" | "customersLeft">>(
      `SELECT 'raw' AS name, ${measures} FROM (${RAW}) UNION ALL SELECT name, ${measures} FROM ${parts} GROUP BY name`,
    );
    const lasting = await lastSteps(db, parts);
    const found = new Map(entries.map(({ name, ...measured }) => [name, measured]));
    let rowsLeft = found.get("raw")?.rows ?? 0;
    return TITLES.map(({ name, title }, step) => {
      const entry = found.get(name) ?? NOTHING;
      if (name !== "raw") rowsLeft -= entry.rows;
      const isStep = name !== "purchases" && name !== "returns";
      const customersLeft = lasting.filter((last) => last > step).length;
      return {
        name,
        title,
        ...entry,
        rowsLeft: isStep ? rowsLeft : null,
        customersLeft: isStep ? customersLeft : null,
      };
    });
  });
}

/**
 * Checks that raw = rejected + excluded + purchases + returns in rows, units and money, to the last decimal, and that
 * no row of the source is counted twice or lost.
 * @throws Error that names both sides.
 */
export async function assertAccounts(db: Database): Promise<void> {
  const sums = `count(*) AS rows, count(DISTINCT row) AS "differentRows",
    coalesce(sum(units), 0)::VARCHAR AS units, coalesce(sum(money), 0)::VARCHAR AS money`;
  const raw = await db.row(`SELECT ${sums} FROM (${RAW})`);
  const parts = await db.row(`SELECT ${sums} FROM (${PARTS})`);
  const { lost } = await db.row<{ lost: number }>(
    `SELECT count(*) AS lost FROM (${RAW}) WHERE row NOT IN (SELECT row FROM (${PARTS}))`,
  );
  const isClosed =
    JSON.stringify(raw) === JSON.stringify(parts) && raw.rows === raw.differentRows && lost === 0;
  if (isClosed) return;
  throw new Error(
    `the row accounts do not close: raw ${JSON.stringify(raw)}, rejected + excluded + purchases + returns ${JSON.stringify(parts)}, ${lost} rows lost`,
  );
}

const REJECTED = "SELECT 'rejected' AS name, row, units, line_total AS money, customer_id FROM rejected_rows";

const RAW = `${REJECTED} UNION ALL
  SELECT 'raw', row, quantity, (quantity * unit_price)::DECIMAL(18, 4), customer_id FROM invoice_lines`;

const PARTS = `${REJECTED}
  UNION ALL SELECT rule, row, quantity, line_total, customer_id FROM excluded_rows
  UNION ALL SELECT 'purchases', row, quantity, line_total, customer_id FROM purchases
  UNION ALL SELECT 'returns', row, quantity, line_total, customer_id FROM returns`;

/** For every customer the position in TITLES of the last entry that holds a row of theirs. */
async function lastSteps(db: Database, parts: string): Promise<number[]> {
  const steps = TITLES.map(({ name }, step) => `WHEN '${name}' THEN ${step}`).join(" ");
  const customers = await db.rows<{ last: number }>(
    `SELECT max(CASE name ${steps} END) AS last FROM ${parts} WHERE customer_id IS NOT NULL GROUP BY customer_id`,
  );
  return customers.map(({ last }) => last);
}
