import type { Database } from "../data/database.js";
import { remainingLines, withExcludedRows } from "./mark-excluded.js";
import { type CleaningOptions, completeOptions } from "./options.js";

/** What one way of cleaning leads to. Money is in the currency of the source; returns are negative. */
export interface CleaningOutcome {
  /** Identified customers with at least one purchase. */
  customers: number;
  purchaseRows: number;
  grossRevenue: number;
  returnRows: number;
  returnedRevenue: number;
  /** `grossRevenue` + `returnedRevenue`. */
  netRevenue: number;
  /** Gross revenue of lines with a customer id. */
  identifiedGrossRevenue: number;
}

/** A variant of the cleaning beside the base: `delta` is the variant minus the base. */
export interface Sensitivity extends CleaningOutcome {
  name: string;
  delta: CleaningOutcome;
}

/**
 * How much the results hang on the choices of the cleaning: the base first, then every variant.
 * Reads `invoice_lines` only; the tables of an earlier `cleanInvoices` stay as they are.
 * @param base - as given to `cleanInvoices`.
 * @param variants - by name, what each does otherwise than the base.
 */
export async function sensitivity(
  db: Database,
  base: CleaningOptions,
  variants: Record<string, CleaningOptions>,
): Promise<Sensitivity[]> {
  const baseOutcome = await measure(db, base);
  const results: Sensitivity[] = [{ name: "base", ...baseOutcome, delta: minus(baseOutcome, baseOutcome) }];
  for (const [name, variant] of Object.entries(variants)) {
    const outcome = await measure(db, { ...base, ...variant });
    results.push({ name, ...outcome, delta: minus(outcome, baseOutcome) });
  }
  return results;
}

async function measure(db: Database, options: CleaningOptions): Promise<CleaningOutcome> {
  return withExcludedRows(db, completeOptions(options), (excluded) =>
    db.row<CleaningOutcome>(
      `SELECT count(DISTINCT customer_id) FILTER (quantity >= 0) AS customers,
         count(*) FILTER (quantity >= 0) AS "purchaseRows",
         coalesce(sum(line_total) FILTER (quantity >= 0), 0) AS "grossRevenue",
         count(*) FILTER (quantity < 0) AS "returnRows",
         coalesce(sum(line_total) FILTER (quantity < 0), 0) AS "returnedRevenue",
         coalesce(sum(line_total), 0) AS "netRevenue",
         coalesce(sum(line_total) FILTER (quantity >= 0 AND customer_id IS NOT NULL), 0)
           AS "identifiedGrossRevenue"
       FROM (${remainingLines("invoice_lines", excluded)})`,
    ),
  );
}

/** Differences are rounded to the four decimals of money: doubles would leave a residue. */
function minus(a: CleaningOutcome, b: CleaningOutcome): CleaningOutcome {
  const difference = (Object.keys(a) as (keyof CleaningOutcome)[]).map((key) => [
    key,
    Math.round((a[key] - b[key]) * 10_000) / 10_000,
  ]);
  return Object.fromEntries(difference) as CleaningOutcome;
}
