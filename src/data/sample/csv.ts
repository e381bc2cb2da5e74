import { randomIndex } from "../../math/distributions.js";
import type { Random } from "../../math/random.js";
import { formatMinute } from "./calendar.js";
import type { SampleDocument } from "./document.js";

const COLUMNS = [
  ...[
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
  ],
] as const;
const FIRST_INVOICE = 610_001;

/** Cells that no type fits, as a slip of the hand leaves them. */
const SLIPS: readonly (readonly [(typeof COLUMNS)[number], string])[] = [
  ["Quantity", "twelve"],
  ["InvoiceDate", ""],
  ["UnitPrice", "n/a"],
  ["InvoiceDate", "2/30/2011 10:15"],
  ["Quantity", "6 pcs"],
];

/** The documents in order of time, numbered, as rows of texts in the order of the columns. */
export function writeRows(random: Random, documents: readonly SampleDocument[]): string[][] {
  let number = FIRST_INVOICE;
  return documents
    .toSorted((a, b) => a.minute - b.minute)
    .flatMap((document) => {
      const { kind, minute, customerId, country, lines } = document;
      const invoiceNo = `${kind}${number}`;
      number += random() < 0.92 ? 1 : 2 + randomIndex(random, 4);
      return lines.map(({ stockCode, description, quantity, unitPrice }) => [
        ...[invoiceNo, stockCode, description, String(quantity)],
        ...[formatMinute(minute), String(unitPrice), customerId, country],
      ]);
    });
}

/** The rows with one cell of a few of them spoilt, so that a reader has something to reject. */
export function spoilSome(random: Random, rows: readonly string[][]): string[][] {
  const spoilt = rows.map((row) => [...row]);
  SLIPS.forEach(([column, text], i) => {
    const stretch = Math.floor(rows.length / SLIPS.length);
    spoilt[i * stretch + randomIndex(random, stretch)]![COLUMNS.indexOf(column)] = text;
  });
  return spoilt;
}

/** Rows as comma-separated text with a header; cells with commas or quotes are quoted. */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return [COLUMNS, ...rows].map((row) => `${row.map(quoteCell).join(",")}\n`).join("");
}

function quoteCell(cell: string): string {
  return /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
