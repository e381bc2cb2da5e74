import type { Database } from "../data/database.js";

/** A line of the member list. */
export type ListedCustomer = {
  customer_id: string;
  standing: "member" | "next in line";
  /** `YYYY-MM-DD`; null for who is next in line. */
  entered: string | null;
  /** Why a member is in, or what one who is next in line lacks. */
  why: string;
  country: string | null;
  revenue: number;
  orders: number;
  recency_days: number;
  /** Revenue expected in 13 weeks, with its interval; null without a score. */
  expected: number | null;
  low: number | null;
  high: number | null;
};

/** Members and those who are next in line, from `members`, `customers` and `value_scores`: the most promising first. */
export async function readMemberList(db: Database): Promise<ListedCustomer[]> {
  return db.rows<ListedCustomer>(
    `SELECT customer_id, CASE WHEN is_insider THEN 'member' ELSE 'next in line' END AS standing,
       entered::VARCHAR AS entered, coalesce(reason, lacks) AS why, country,
       round(gross_revenue, 2)::DOUBLE AS revenue, orders, recency_days, round(expected_revenue_13w, 2) AS expected,
       round(low_13w, 2) AS low, round(high_13w, 2) AS high
     FROM members JOIN customers USING (customer_id) LEFT JOIN value_scores USING (customer_id)
     WHERE is_insider OR is_next ORDER BY is_insider DESC, expected DESC NULLS LAST, customer_id`,
  );
}

/** The columns of the member list as a workbook heads them. @param currency - ISO 4217. */
export function memberListColumns(
  currency: string,
): { name: keyof ListedCustomer; label: string; width: number }[] {
  const labels: Record<keyof ListedCustomer, string> = {
    customer_id: "Customer",
    standing: "Standing",
    entered: "Member since",
    why: "Why, or what is missing",
    country: "Country",
    revenue: `Gross revenue, ${currency}`,
    orders: "Orders",
    recency_days: "Days since last order",
    expected: `Expected in 13 weeks, ${currency}`,
    low: "from",
    high: "to",
  };
  return Object.entries(labels).map(([name, label]) => ({
    name: name as keyof ListedCustomer,
    label,
    width: name === "why" ? 70 : 16,
  }));
}
