/** A line of an invented invoice. */
export interface SampleLine {
  stockCode: string;
  /** Empty where the shop did not write one. */
  description: string;
  quantity: number;
  unitPrice: number;
}

/** What the first letter of an invoice number says: nothing, C for a credit note, A for an adjusted debt. */
export type DocumentKind = "" | "C" | "A";

/** An invented invoice or credit note, before it has a number. */
export interface SampleDocument {
  kind: DocumentKind;
  /** Minutes since 1970 by the clock of the shop. */
  minute: number;
  /** Empty where the shop did not record who bought. */
  customerId: string;
  country: string;
  lines: readonly SampleLine[];
}

/** The country of the shop and of most of its customers. */
export const HOME = "United Kingdom";

/** An amount in whole pennies. */
export function roundMoney(amount: number): number {
  return Math.round(amount * 100) / 100;
}
