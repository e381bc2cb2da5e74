/** Stock codes that stand for something else than a product of the catalogue. */
export interface CodeGroup {
  /** What the lines are. */
  reason: string;
  /** Exact codes, or patterns with `*` and `?`; upper and lower case are different codes. */
  codes: readonly string[];
}

/** The codes of the UCI Online Retail data that are no products. */
export const NON_PRODUCT_CODES: readonly CodeGroup[] = [
  { reason: "postage and carriage", codes: ["POST", "DOT", "C2"] },
  { reason: "manual entry", codes: ["M", "m"] },
  { reason: "discount", codes: ["D"] },
  { reason: "samples", codes: ["S"] },
  { reason: "bank and marketplace fees", codes: ["BANK CHARGES", "AMAZONFEE"] },
  { reason: "commission for a charity", codes: ["CRUK"] },
  { reason: "bad debt written off", codes: ["B"] },
  { reason: "pads for cushions, priced as an accessory", codes: ["PADS"] },
  { reason: "gift vouchers: revenue when they are spent", codes: ["gift_0001_*"] },
  { reason: "special listings outside the catalogue", codes: ["DCGS*"] },
];

/** Reasons of lines that a person wrote against an invoice as a whole: most take money back that a product brought. */
export const HAND_WRITTEN: readonly string[] = ["manual entry", "discount"];
