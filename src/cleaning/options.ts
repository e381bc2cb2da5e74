import { type CodeGroup, NON_PRODUCT_CODES } from "./non-product-codes.js";

/** The choices of the cleaning. What is left out is as in defaultCleaning. */
export interface CleaningOptions {
  /** Later lines that repeat an earlier one of the source in every column. */
  repeatedLines?: "keep" | "drop";
  /** Lines of no units. */
  zeroQuantities?: "keep" | "drop";
  /** Lines with a lower unit price are dropped; `null` keeps all. At most four decimals. */
  priceFloor?: number | null;
  /** Lines with these stock codes are dropped. */
  nonProductCodes?: readonly CodeGroup[];
  droppedCountries?: readonly string[];
  droppedCustomers?: readonly string[];
  /** Wholesale lines: those of more units than this, bought or returned, are dropped; `null` keeps all. */
  largestQuantity?: number | null;
  /** Purchases that were cancelled in full: taken out together with their return, or kept as purchase and return. */
  cancelledSales?: "keep" | "drop";
}

/** Every choice made. */
export type Cleaning = Required<CleaningOptions>;

/** Repeats are kept: the figures of `repeatEvidence` look like items keyed twice, not like a double import. */
export const defaultCleaning: Cleaning = {
  repeatedLines: "keep",
  zeroQuantities: "drop",
  priceFloor: 0.04,
  nonProductCodes: NON_PRODUCT_CODES,
  droppedCountries: [],
  droppedCustomers: [],
  largestQuantity: null,
  cancelledSales: "drop",
};

/** Options filled up with the defaults. @throws RangeError for a value that has no meaning. */
export function completeOptions(options: CleaningOptions): Cleaning {
  const cleaning = { ...defaultCleaning, ...options };
  const { priceFloor, largestQuantity } = cleaning;
  if (priceFloor !== null && !(Number.isFinite(priceFloor) && Number(priceFloor.toFixed(4)) === priceFloor))
    throw new RangeError(`cleaning needs a priceFloor of at most four decimals, got ${priceFloor}`);
  if (largestQuantity !== null && !(Number.isSafeInteger(largestQuantity) && largestQuantity >= 0))
    throw new RangeError(
      `cleaning needs a largestQuantity that is a whole number >= 0, got ${largestQuantity}`,
    );
  return cleaning;
}
