import { InputError } from "./errors.js";

/** A column of `invoice_lines` and the header names it goes by in the files of different shops. */
export interface Column {
  name: ColumnName;
  /** How messages call it. */
  label: string;
  /** A file without it cannot be analysed. */
  isNeeded: boolean;
  /** Header names, most telling first; case, spaces and punctuation are ignored. */
  aliases: readonly string[];
}

/** A column of `invoice_lines` that holds texts. A shop has far fewer different ones than lines. */
export type TextColumnName = "invoice_no" | "stock_code" | "description" | "customer_id" | "country";

/** A column of `invoice_lines` that holds numbers or dates, which files spell in different ways. */
export type SpelledColumnName = "quantity" | "invoiced_at" | "unit_price";

/** The columns of `invoice_lines` that are read from the source. */
export type ColumnName = TextColumnName | SpelledColumnName;

/** The columns of texts, in the order of `invoice_lines`. */
export const TEXT_COLUMNS: readonly TextColumnName[] = [
  "invoice_no",
  "stock_code",
  "description",
  "customer_id",
  "country",
];

/** The columns of numbers and dates; every source has them. */
export const SPELLED_COLUMNS: readonly SpelledColumnName[] = ["quantity", "invoiced_at", "unit_price"];

/** The vocabulary: every column we read, in the order of `invoice_lines`. */
export const COLUMNS: readonly Column[] = [
  {
    name: "invoice_no",
    label: "invoice number",
    isNeeded: true,
    aliases: [
      ...["InvoiceNo", "Invoice", "Invoice Number", "Invoice ID", "Invoice Num"],
      ...["Order ID", "Order No", "Order Number", "Order", "Transaction ID", "Transaction No", "Transaction"],
      ...["Receipt No", "Receipt ID", "Receipt Number", "Bill No", "Basket ID", "Document No"],
    ],
  },
  {
    name: "stock_code",
    label: "stock code",
    isNeeded: true,
    aliases: [
      ...["StockCode", "SKU", "Product Code", "Product ID", "Product No", "Item Code", "Item ID", "Item No"],
      ...["Item Number", "Article No", "Article Number", "Article ID", "Article Code", "EAN", "UPC", "GTIN"],
    ],
  },
  {
    name: "description",
    label: "description",
    isNeeded: false,
    aliases: [
      ...["Description", "Product Description", "Item Description", "Product Name", "Item Name"],
      ...["Article Name", "Product", "Item", "Article", "Title"],
    ],
  },
  {
    name: "quantity",
    label: "quantity",
    isNeeded: true,
    aliases: ["Quantity", "Qty", "Units", "Quantity Ordered", "Order Quantity", "Item Quantity", "Pieces"],
  },
  {
    name: "invoiced_at",
    label: "invoice date",
    isNeeded: true,
    aliases: [
      ...["InvoiceDate", "Invoiced At", "Invoice Timestamp", "Invoice Time", "Order Date", "Ordered At"],
      ...["Order Timestamp", "Purchase Date", "Purchased At", "Transaction Date", "Sale Date", "Sales Date"],
      ...["Datetime", "Timestamp", "Date", "Created At"],
    ],
  },
  {
    name: "unit_price",
    label: "unit price",
    isNeeded: true,
    aliases: [
      "UnitPrice",
      "Price",
      "Price Per Unit",
      "Price Each",
      "Item Price",
      "Selling Price",
      "Sales Price",
    ],
  },
  {
    name: "customer_id",
    label: "customer id",
    isNeeded: true,
    aliases: [
      ...["CustomerID", "Customer", "Customer No", "Customer Number", "Customer Code", "Client ID", "Client"],
      ...["Buyer ID", "User ID", "Member ID", "Account ID", "Account No", "Household Key"],
    ],
  },
  {
    name: "country",
    label: "country",
    isNeeded: false,
    aliases: [
      "Country",
      "Customer Country",
      "Country Name",
      "Country Code",
      "Billing Country",
      "Ship Country",
    ],
  },
];

/** Where each column stands in a header (0-based), or null where an optional one is missing. */
export type ColumnPositions = Record<ColumnName, number | null>;

/** The columns a header names; of two names for one column the more telling one wins. */
export function findColumns(header: readonly string[]): ColumnPositions {
  const names = header.map(simplify);
  const positions = COLUMNS.map(({ name, aliases }) => {
    const found = aliases.map((alias) => names.indexOf(simplify(alias))).find((position) => position >= 0);
    return [name, found ?? null];
  });
  return Object.fromEntries(positions) as ColumnPositions;
}

/** @throws InputError when a needed column is missing; it is named beside the columns that are there. */
export function requireColumns(positions: ColumnPositions, header: readonly string[], file: string): void {
  const missing = COLUMNS.filter(({ name, isNeeded }) => isNeeded && positions[name] === null);
  if (missing.length === 0) return;
  const wanted = missing.map(({ label, aliases }) => `${label} (such as ${aliases[0]})`).join(", ");
  throw new InputError(
    `${file} has no column for ${wanted}; its first line names ${listNames(header)}: rename or add the column`,
  );
}

/** A header in words, cut short: what is no table at all may have a "first line" of megabytes. */
function listNames(header: readonly string[]): string {
  const names = header.slice(0, 20).map((name) => name.trim().slice(0, 40) || "a column without a name");
  const more = header.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^\p{Letter}\p{Number}]/gu, "");
}
