import type { Database } from "#src/data/database.js";
import { returnsAt, salesAt } from "./ledger.js";

/** A product that members choose more often than others. */
export interface LiftRow {
  product: string;
  description: string;
  buyers: number;
  restBuyers: number;
  lift: number;
  low: number;
  high: number;
  pValue: number;
}

/** 97.5% of a standard normal lie below. */
const REACH = 1.959963984540054;

/**
 * Products by the lower end of their lift per choice, a choice being a customer and a product. p is the chance that of
 * as many choices of this product at least as many are the members' when all are dealt out blindly, summed up term by
 * term from logarithms of factorials, and adjusted by Benjamini and Hochberg.
 */
export function countLifts(db: Database, day: string, least: number): Promise<LiftRow[]> {
  return db.rows<LiftRow>(`
    WITH sold AS (FROM ${salesAt(day)} WHERE customer_id IS NOT NULL),
    names AS (
      SELECT stock_code, coalesce(first(description ORDER BY n DESC, description) FILTER (description IS NOT NULL), '') AS description
      FROM (SELECT stock_code, description, count(*) AS n FROM sold GROUP BY ALL) GROUP BY 1
    ), chosen AS (
      SELECT stock_code, count(*) FILTER (label = 0) AS a, count(*) FILTER (label = 1) AS c
      FROM (SELECT DISTINCT customer_id, stock_code FROM sold) JOIN listed USING (customer_id) GROUP BY 1
    ), looked AS (
      SELECT *, (SELECT sum(a) FROM chosen)::BIGINT AS n, (SELECT sum(c) FROM chosen)::BIGINT AS m FROM chosen WHERE a >= ${least}
    ), chances AS (
      SELECT stock_code, sum(exp(lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1) + lgamma(m + 1) - lgamma(k - x + 1)
        - lgamma(m - k + x + 1) - lgamma(n + m + 1) + lgamma(k + 1) + lgamma(n + m - k + 1))) AS p
      FROM (SELECT *, a + c AS k, unnest(range(a, least(a + c, n) + 1)) AS x FROM looked) GROUP BY 1
    ), adjusted AS (
      SELECT stock_code, min(p * (SELECT count(*) FROM chances) / rank) OVER (ORDER BY rank DESC) AS p
      FROM (SELECT stock_code, p, row_number() OVER (ORDER BY p) AS rank FROM chances)
    ), told AS (
      SELECT stock_code, a, c, least(1, p) AS p, (a / n) / (c / m) AS lift, exp(${REACH} * sqrt(1 / a - 1 / n + 1 / c - 1 / m)) AS factor
      FROM looked JOIN adjusted USING (stock_code)
    )
    SELECT stock_code AS product, description, a AS buyers, c AS "restBuyers", lift, if(c = 0, 0, lift / factor) AS low,
      if(c = 0, 'inf'::DOUBLE, lift * factor) AS high, p AS "pValue"
    FROM told JOIN names USING (stock_code) WHERE p <= 0.05 AND lift > 1 ORDER BY low DESC, buyers DESC, product`);
}

/** What each of these has not bought of the products, the first three by place. */
export function countOffers(
  db: Database,
  day: string,
  { ids, products }: { ids: readonly string[]; products: readonly string[] },
): Promise<{ id: string; offers: string }[]> {
  const list = (values: readonly string[]): string =>
    `[${values.map((value) => `'${value}'`).join(", ")}]::VARCHAR[]`;
  const numbered = (values: readonly string[]): string =>
    `SELECT unnest(${list(values)}) AS value, generate_subscripts(${list(values)}, 1) AS nth`;
  return db.rows(`
    WITH people AS (SELECT value AS id, nth AS place FROM (${numbered(ids)})),
    goods AS (SELECT value AS product, nth AS rank FROM (${numbered(products)}))
    SELECT id, string_agg(product, ' ' ORDER BY rank) AS offers FROM (
      SELECT id, place, product, rank FROM people, goods
      WHERE NOT EXISTS (SELECT 1 FROM ${salesAt(day)} WHERE customer_id = id AND stock_code = product)
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY rank) <= 3)
    GROUP BY id, place ORDER BY place`);
}

/** Margin of members and of others, before returns and after: 30% of revenue, and 2 for each returned line. */
export function countReturnsCost(
  db: Database,
  day: string,
): Promise<{ isOn: number; before: number; kept: number; lost: number }[]> {
  return db.rows(`
    WITH back AS (SELECT customer_id, sum(0.3 * -amount + 2)::DOUBLE AS taken FROM ${returnsAt(day)} GROUP BY 1)
    SELECT 1 - label AS "isOn", 0.3::DOUBLE * sum(gross_revenue) AS before,
      before - coalesce(sum(taken), 0) AS kept, 1 - kept / before AS lost
    FROM now JOIN listed USING (customer_id) LEFT JOIN back USING (customer_id) GROUP BY label ORDER BY label`);
}
