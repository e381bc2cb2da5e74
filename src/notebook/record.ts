import { escapeHtml, formatQuantity, nameToWords } from "../format.js";
import { type Cell, RECORD_MIME } from "../types.js";
import { type Bundle, display } from "./display.js";
import { styled } from "./output-style.js";

/**
 * Records a value under a name and shows it as a key figure. The index page, the summary,
 * the cache and the comparison of two runs read it from the notebook.
 * @param name - stable across runs: `netRevenue`.
 * @param unit - an ISO 4217 code, `share` (in [0, 1]), `%`, `date`, `seconds`, or any word: `customers`.
 * @throws RangeError when a number is not finite: JSON could not carry it.
 */
export function record(name: string, value: Cell, unit = ""): void {
  display(recordBundle(name, value, unit));
}

/** The output of a recorded value. */
export function recordBundle(name: string, value: Cell, unit: string): Bundle {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`a recorded value is finite, got ${value} for "${name}"`);
  const label = nameToWords(name);
  const text = formatQuantity(value, unit);
  return {
    data: {
      [RECORD_MIME]: { name, value, unit },
      "text/html": styled(
        `<p class="insiders-record"><span>${escapeHtml(label)}</span> <strong>${escapeHtml(text)}</strong></p>`,
      ),
      "text/plain": `${label}: ${text}`,
    },
  };
}
