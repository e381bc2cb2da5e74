import type { Database } from "../data/database.js";

/** A way in which lines are not what they seem; a line may be odd in several ways. */
export interface OddLines {
  kind: OddKind;
  /** What a reader calls it. */
  title: string;
  lines: number;
  /** Sum of the line values, currency of the source. */
  money: number;
}

export type OddKind =
  | "noCustomer"
  | "noDescription"
  | "cancellation"
  | "negativeQuantity"
  | "otherNegativeQuantity"
  | "noPrice"
  | "oddCode"
  | "repeated";

const KINDS: Record<OddKind, { title: string; condition: string }> = {
  noCustomer: { title: "no customer", condition: "customer_id IS NULL" },
  noDescription: { title: "no description", condition: "description IS NULL" },
  cancellation: { title: "cancellation (invoice C...)", condition: "invoice_no LIKE 'C%'" },
  negativeQuantity: { title: "negative quantity", condition: "quantity < 0" },
  otherNegativeQuantity: {
    title: "negative quantity, no cancellation",
    condition: "quantity < 0 AND invoice_no NOT LIKE 'C%'",
  },
  noPrice: { title: "price zero or below", condition: "unit_price <= 0" },
  oddCode: { title: "code without five digits", condition: "stock_code NOT SIMILAR TO '[0-9]{5}.*'" },
  repeated: {
    title: "equal to an earlier line",
    condition: `row_number() OVER (PARTITION BY invoice_no, stock_code, description, quantity, invoiced_at,
      unit_price, customer_id, country ORDER BY row) > 1`,
  },
};

/** How many lines of `invoice_lines` could mislead, and what they add up to; the largest group first. */
export async function countOddLines(db: Database): Promise<OddLines[]> {
  const counts = Object.entries(KINDS).map(
    ([kind, { title, condition }]) =>
      `SELECT '${kind}' AS kind, '${title}' AS title, count(*) AS lines,
         coalesce(sum(quantity * unit_price), 0)::DOUBLE AS money
       FROM (SELECT quantity, unit_price, ${condition} AS is_odd FROM invoice_lines) WHERE is_odd`,
  );
  return db.rows<OddLines>(`${counts.join(" UNION ALL ")} ORDER BY lines DESC, title`);
}
