/** A table row as plain data: column name to value. */
export type Row = Record<string, Cell>;

/** What a table cell may hold. Money is in the currency of the source; dates are ISO strings without a zone. */
export type Cell = string | number | boolean | null;

/** MIME type of the output that carries a recorded value or recorded groups: notebooks write it, the runner reads it. */
export const RECORD_MIME = "application/vnd.insiders.record+json";

/** One line of an invoice as the shop recorded it, with types. */
export interface InvoiceLine {
  /** 1-based position among the data rows of the source; identifies the line in every later table. */
  row: number;
  invoiceNo: string;
  stockCode: string;
  description: string | null;
  /** Units; negative on cancellations and stock adjustments. */
  quantity: number;
  /** Local time of the shop, `YYYY-MM-DD HH:MM:SS`. */
  invoicedAt: string;
  /** Currency of the source, at most four decimals. */
  unitPrice: number;
  /** `null` where the shop did not record who bought. Never invented. */
  customerId: string | null;
  country: string | null;
}
