import type { Database } from "../data/database.js";
import { type ReferenceOptions, withLinesAt } from "./lines-at.js";

/** How many customers of a first month order again in later months. */
export interface CohortRetention {
  /** Months of the first order, `YYYY-MM`, without a gap from the first to the last month of the data. */
  cohorts: string[];
  /** Customers of each cohort. */
  sizes: number[];
  /** Cohorts x months since the first order (0 is the first month): customers with an order. `null` after the data. */
  active: (number | null)[][];
  /** `active` over the size of the cohort; `null` after the data and for cohorts of nobody. */
  retention: (number | null)[][];
  /** The last month when the data ends within it, `YYYY-MM`: its cells, one in each cohort, are too low. */
  partialMonth: string | null;
}

/**
 * Retention by month of the first order, as known at the reference date.
 *
 * The first cohort holds everybody who was a customer before the data began as well.
 * @throws RangeError for a date that is none, or when there is no line to take the default date from.
 */
export async function cohortRetention(
  db: Database,
  options: ReferenceOptions = {},
): Promise<CohortRetention> {
  return withLinesAt(db, options, async ({ table, endDate }) => {
    const cells = await db.rows<{ cohort: string; since: number; customers: number }>(
      `WITH orders AS (
         SELECT customer_id, date_trunc('month', min(invoiced_at)) AS month FROM ${table} WHERE kind = 'sale'
         GROUP BY customer_id, invoice_no
       ), months AS (
         SELECT customer_id, month, min(month) OVER (PARTITION BY customer_id) AS cohort FROM orders
       )
       SELECT strftime(cohort, '%Y-%m') AS cohort, datediff('month', cohort, month) AS since,
         count(DISTINCT customer_id) AS customers
       FROM months GROUP BY ALL ORDER BY ALL`,
    );
    const first = cells[0]?.cohort;
    if (first === undefined) return { cohorts: [], sizes: [], active: [], retention: [], partialMonth: null };
    const lastMonth = monthNumber(endDate) - (endDate.endsWith("-01") ? 1 : 0);
    const months = lastMonth - monthNumber(first) + 1;
    const found = new Map(cells.map(({ cohort, since, customers }) => [`${cohort} ${since}`, customers]));
    const cohorts = Array.from({ length: months }, (_, i) => monthName(monthNumber(first) + i));
    const active = cohorts.map((cohort, row) =>
      cohorts.map((_, since) => (row + since < months ? (found.get(`${cohort} ${since}`) ?? 0) : null)),
    );
    const sizes = active.map((row) => row[0]!);
    return {
      cohorts,
      sizes,
      active,
      retention: active.map((row, i) =>
        row.map((customers) => (customers === null || sizes[i] === 0 ? null : customers / sizes[i]!)),
      ),
      partialMonth: endDate.endsWith("-01") ? null : monthName(lastMonth),
    };
  });
}

/**
 * Share of new customers with an order so many months after their first, over all cohorts for which that month is
 * known and complete. The first cohort is left out: it holds customers from before the data as well.
 * @returns `null` when no cohort is old enough.
 */
export function retentionAfter(
  { sizes, active, partialMonth }: CohortRetention,
  months: number,
): number | null {
  const complete = sizes.length - (partialMonth === null ? 0 : 1);
  const rows = sizes.map((_, row) => row).filter((row) => row > 0 && row + months < complete);
  const customers = rows.reduce((sum, row) => sum + sizes[row]!, 0);
  const again = rows.reduce((sum, row) => sum + active[row]![months]!, 0);
  return customers === 0 ? null : again / customers;
}

/** Months since the year 0 of an ISO date or month. */
function monthNumber(iso: string): number {
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
}

function monthName(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}
