import type { Database } from "../data/database.js";

/** What repeated lines look like: items keyed twice, or a file imported twice? */
export interface RepeatEvidence {
  /** Lines that repeat an earlier one in every column. */
  repeats: number;
  /** Invoices with a repeat. A double import would repeat whole invoices. */
  invoices: number;
  /** Invoices all of whose different lines are repeated. */
  wholeInvoices: number;
  /** Median distance to the line repeated, in lines of the source; `null` without repeats. */
  medianLinesApart: number | null;
  medianQuantity: number | null;
  /** Lines of a product that its invoice already had; `repeats` are those that are also alike in all else. */
  sameProductAgain: number;
}

/** How the lines of `invoice_lines` repeat each other: the evidence for keeping or dropping repeats. */
export async function repeatEvidence(db: Database): Promise<RepeatEvidence> {
  const same = "invoice_no, stock_code, description, quantity, invoiced_at, unit_price, customer_id, country";
  return db.row<RepeatEvidence>(
    `WITH lines AS (
       SELECT invoice_no, quantity, row, lag(row) OVER (PARTITION BY ${same} ORDER BY row) AS earlier,
         row_number() OVER (PARTITION BY invoice_no, stock_code ORDER BY row) > 1 AS again
       FROM invoice_lines
     ), different AS (
       SELECT invoice_no, count(*) AS times FROM invoice_lines GROUP BY ${same}
     ), whole AS (
       SELECT invoice_no FROM different GROUP BY invoice_no HAVING min(times) > 1
     )
     SELECT count(earlier) AS repeats,
       count(DISTINCT invoice_no) FILTER (earlier IS NOT NULL) AS invoices,
       (SELECT count(*) FROM whole) AS "wholeInvoices",
       median(row - earlier) AS "medianLinesApart",
       median(quantity) FILTER (earlier IS NOT NULL) AS "medianQuantity",
       count_if(again) AS "sameProductAgain"
     FROM lines`,
  );
}
