import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Database } from "#src/data/database.js";
import { HEADER, temporaryFolder } from "../../data/support.js";

const ROWS_OF_UCI = 541_909;

/** Codes and countries that the earlier analyses dropped. */
const DROPPED =
  "'POST', 'D', 'DOT', 'M', 'S', 'AMAZONFEE', 'm', 'DCGSSBOY', 'DCGSSGIRL', 'PADS', 'B', 'CRUK'";
const NOWHERE = "'European Community', 'Unspecified'";

/**
 * The raw rows of the UCI Online Retail data in plain SQL, read by DuckDB alone: `lines`, each with the step of the
 * published cleaning that drops it (0: none), `kept`, and `buyers`, where each invoice without a customer is one.
 * @returns undefined for other data.
 */
export async function openRawRows(path: string): Promise<Database | undefined> {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1");
  if (!text.startsWith(HEADER)) return undefined;
  const copy = join(temporaryFolder(), "rows.csv");
  writeFileSync(copy, text);
  const db = await Database.open();
  await db.run(`
    CREATE TABLE lines AS
    SELECT row_number() OVER () AS nth, InvoiceNo AS invoice, StockCode AS code, nullif(Description, '') AS description,
      Quantity::INTEGER AS units, try_strptime(InvoiceDate, '%m/%d/%Y %H:%M') AS written, UnitPrice::DECIMAL(18, 4) AS price,
      nullif(CustomerID, '') AS customer, coalesce(customer, 'invoice ' || invoice) AS buyer, Country AS country,
      units * price AS amount,
      CASE WHEN price < 0.04 THEN 1 WHEN code IN (${DROPPED}) THEN 2 WHEN country IN (${NOWHERE}) THEN 3
        WHEN customer = '16446' THEN 4 ELSE 0 END AS step
    FROM read_csv('${copy}', header = true, all_varchar = true);
    CREATE TABLE kept AS FROM lines WHERE step = 0;
    CREATE TABLE buyers AS
    SELECT buyer, customer IS NOT NULL AS is_real, sum(amount) FILTER (units > 0) AS revenue,
      sum(units) FILTER (units > 0) AS items, count(DISTINCT code) FILTER (units > 0) AS products,
      count(DISTINCT invoice) FILTER (units > 0) AS invoices, count(DISTINCT written) AS times,
      count(DISTINCT written::DATE) AS days, min(written) FILTER (units > 0)::DATE AS first,
      max(written) FILTER (units > 0)::DATE AS last
    FROM kept GROUP BY ALL HAVING revenue IS NOT NULL`);
  const { rows, dated } = await db.row<{ rows: number; dated: number }>(
    "SELECT count(*) AS rows, count(written) AS dated FROM lines",
  );
  if (rows === ROWS_OF_UCI && dated === rows) return db;
  db.close();
  return undefined;
}

/** The share of a measure that the first of these rows hold by it. */
export async function shareOfTop(
  db: Database,
  { of, by, top }: { of: string; by: string; top: number },
): Promise<number> {
  const { share } = await db.row<{ share: number }>(`
    SELECT (sum(value) FILTER (place <= ${top}))::DOUBLE / sum(value)::DOUBLE AS share
    FROM (SELECT ${by} AS value, row_number() OVER (ORDER BY ${by} DESC) AS place FROM ${of})`);
  return share;
}

/** The value of a measure at a place from below, from 1. */
export async function valueAt(
  db: Database,
  { of, by, place }: { of: string; by: string; place: number },
): Promise<number> {
  const { value } = await db.row<{ value: number }>(
    `SELECT ${by}::DOUBLE AS value FROM ${of} ORDER BY ${by} LIMIT 1 OFFSET ${place - 1}`,
  );
  return value;
}
