import { COLUMNS, type ColumnName } from "./columns.js";
import type { LoadSummary } from "./load.js";

/** What a column of the invoice lines means. */
export interface ColumnDefinition {
  /** The header it was read from; `null` where the source has none. */
  inFile: string | null;
  /** Its name in `invoice_lines`. */
  column: ColumnName;
  type: string;
  unit: string;
  meaning: string;
}

const DEFINITIONS: Record<ColumnName, Pick<ColumnDefinition, "type" | "unit" | "meaning">> = {
  invoice_no: {
    type: "text",
    unit: "",
    meaning: "Names the invoice; C in front marks a cancellation, A an adjustment of bad debt.",
  },
  stock_code: {
    type: "text",
    unit: "",
    meaning:
      "Names the product, five digits and perhaps letters; other codes are postage, fees and corrections.",
  },
  description: { type: "text", unit: "", meaning: "Name of the product; a product may carry several." },
  quantity: { type: "integer", unit: "units", meaning: "Units on the line; negative when they come back." },
  invoiced_at: { type: "timestamp", unit: "local time", meaning: "When the invoice was written." },
  unit_price: { type: "decimal, 4 places", unit: "currency", meaning: "Price of one unit." },
  customer_id: {
    type: "text",
    unit: "",
    meaning: "Names the customer; empty where the shop did not record one.",
  },
  country: { type: "text", unit: "", meaning: "Where the customer lives." },
};

/** The columns of the invoice lines: where they came from and what they mean. */
export function columnDictionary(load: Pick<LoadSummary, "columns">): ColumnDefinition[] {
  return COLUMNS.map(({ name }) => ({ inFile: load.columns[name], column: name, ...DEFINITIONS[name] }));
}
