import type { AccountRow } from "./accounts.js";
import { type Cleaning, type CleaningOptions, completeOptions } from "./options.js";

/** How invoice lines were cleaned: what a run hands over, so that later lines can be cleaned the same way. */
export interface CleaningRecord {
  /** Every choice, also those left to the defaults. */
  options: Cleaning;
  /** Lines that went each way, in the order of the rules. */
  counts: { name: string; rows: number }[];
}

/**
 * The choices of a cleaning and what they did.
 * @param account - of `accountRows`, after the cleaning.
 * @throws RangeError for an option that has no meaning.
 */
export function recordCleaning(
  options: CleaningOptions,
  account: readonly Pick<AccountRow, "name" | "rows">[],
): CleaningRecord {
  return { options: completeOptions(options), counts: account.map(({ name, rows }) => ({ name, rows })) };
}
