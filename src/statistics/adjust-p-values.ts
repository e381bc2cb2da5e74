/** How p-values of one family are adjusted for how many there are. */
export type Adjustment = "bonferroni" | "holm" | "benjamini-hochberg";

/**
 * p-values of a family of hypotheses, adjusted so that comparing each with alpha keeps a promise about all.
 *
 * Holm and Bonferroni keep the chance of any false rejection at alpha, whatever the tests share (Holm rejects more);
 * Benjamini-Hochberg keeps the expected share of false among all rejections, for tests that are independent or help
 * each other.
 * @returns in the order given, at most 1.
 * @throws RangeError when one is NaN or outside [0, 1]: a test that could not be done is to be left out knowingly.
 * @see Holm 1979, Scand. J. Stat. 6:65-70; Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289-300; equals
 * statsmodels multipletests (bonferroni, holm, fdr_bh).
 */
export function adjustPValues(pValues: ArrayLike<number>, adjustment: Adjustment): Float64Array {
  const n = pValues.length;
  for (let i = 0; i < n; i++)
    if (!(pValues[i]! >= 0 && pValues[i]! <= 1))
      throw new RangeError(`adjustPValues needs p-values in [0, 1], got ${pValues[i]} at ${i}`);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!);
  const adjusted = new Float64Array(n);
  if (adjustment === "bonferroni") return adjusted.map((_, i) => Math.min(1, pValues[i]! * n));
  if (adjustment === "holm") {
    let least = 0;
    order.forEach((i, rank) => {
      least = Math.max(least, Math.min(1, pValues[i]! * (n - rank)));
      adjusted[i] = least;
    });
    return adjusted;
  }
  if (adjustment !== "benjamini-hochberg")
    throw new RangeError(`adjustPValues knows bonferroni, holm, benjamini-hochberg, got ${adjustment}`);
  let most = 1;
  for (let rank = n - 1; rank >= 0; rank--) {
    const i = order[rank]!;
    most = Math.min(most, (pValues[i]! * n) / (rank + 1));
    adjusted[i] = most;
  }
  return adjusted;
}
