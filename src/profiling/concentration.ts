import type { Database } from "../data/database.js";

/** A tenth of the customers, by what they spent. */
export interface CustomerTenth {
  /** 1 is the tenth that spent most. */
  tenth: number;
  /** "top 10%", "10 to 20%", ..., "90 to 100%". */
  label: string;
  customers: number;
  /** Sum of their line values, currency of the source. */
  revenue: number;
  /** Of the revenue of all tenths, in [0, 1]. */
  share: number;
}

/**
 * How the revenue of `invoice_lines` spreads over its customers, before any cleaning: tenths of the customers whose
 * lines sum to more than zero, the largest spenders first. Equal spenders are told apart by their id.
 * @returns no tenths when there are fewer than ten such customers.
 */
export async function revenueByTenth(db: Database): Promise<CustomerTenth[]> {
  const tenths = await db.rows<Omit<CustomerTenth, "label">>(
    `WITH customers AS (
       SELECT customer_id, sum(quantity * unit_price)::DECIMAL(18, 4) AS revenue FROM invoice_lines
       WHERE customer_id IS NOT NULL GROUP BY customer_id HAVING sum(quantity * unit_price) > 0
     ), ranked AS (
       SELECT revenue, ntile(10) OVER (ORDER BY revenue DESC, customer_id) AS tenth FROM customers
     )
     SELECT tenth, count(*) AS customers, sum(revenue)::DOUBLE AS revenue,
       sum(revenue)::DOUBLE / (sum(sum(revenue)) OVER ())::DOUBLE AS share
     FROM ranked GROUP BY tenth ORDER BY tenth`,
  );
  if (tenths.length < 10) return [];
  return tenths.map((one) => ({
    ...one,
    label: one.tenth === 1 ? "top 10%" : `${(one.tenth - 1) * 10} to ${one.tenth * 10}%`,
  }));
}
