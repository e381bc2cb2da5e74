import { normalCdf, normalQuantile } from "../../math/normal.js";
import { elementwise, type FittedTransform } from "./fitted-transform.js";
import { presentValues } from "./present.js";

export interface QuantileState {
  readonly kind: "quantile";
  /** What the values are spread to: evenly over [0, 1], or like a standard normal between -5.2 and 5.2. */
  readonly output: "uniform" | "normal";
  /** Ascending, at evenly spaced shares from the smallest to the largest value. */
  readonly quantiles: readonly number[];
}

/** So close to an end of the values (or of [0, 1]) is at the end, when the output is normal. */
const CLOSE = 1e-7;
const NORMAL_END: number = -normalQuantile(CLOSE - 2 ** -52);

/**
 * The share of values below, interpolated between quantiles, with ties in the middle of the shares they take up; only
 * those at the smallest and the largest value are put at the ends. Values keep their order and lose their distances.
 * @param options.output - "uniform" when left out.
 * @param options.nQuantiles - at most the number of values, which it is lowered to; 1000 when left out.
 * @throws RangeError when `nQuantiles` is not a whole number above 0.
 * @see equals sklearn.preprocessing.QuantileTransformer(subsample=None), except that quantiles which fall on a value are
 * that value: there a rounding error may part them, and ties are half a quantile off.
 */
export function fitQuantile(
  values: ArrayLike<number>,
  options: { output?: "uniform" | "normal"; nQuantiles?: number } = {},
): FittedTransform<QuantileState> {
  const { output = "uniform", nQuantiles = 1000 } = options;
  if (!Number.isInteger(nQuantiles) || nQuantiles < 1)
    throw new RangeError(`fitQuantile needs a whole number of quantiles above 0, got ${nQuantiles}`);
  const sorted = presentValues("fitQuantile", values).sort();
  // As there, missing values count towards the number of quantiles.
  const count = Math.min(nQuantiles, values.length);
  return quantileTransform({ kind: "quantile", output, quantiles: evenQuantiles(sorted, count) });
}

/** The transform of known quantiles. */
export function quantileTransform(state: QuantileState): FittedTransform<QuantileState> {
  const quantiles = Float64Array.from(state.quantiles);
  const [min, max] = [quantiles[0]!, quantiles.at(-1)!];
  if (state.output === "uniform")
    return elementwise(
      state,
      (value) => (value <= min ? 0 : value >= max ? 1 : shareOf(quantiles, value)),
      (share) => valueAt(quantiles, share),
    );
  return elementwise(
    state,
    (value) => {
      if (value - CLOSE < min) return -NORMAL_END;
      if (value + CLOSE > max) return NORMAL_END;
      return Math.max(-NORMAL_END, Math.min(NORMAL_END, normalQuantile(shareOf(quantiles, value))));
    },
    (value) => {
      const share = normalCdf(value);
      return valueAt(quantiles, share < CLOSE ? 0 : share > 1 - CLOSE ? 1 : share);
    },
  );
}

/** Quantiles at positions that are exact where they fall on a value, so that ties stay ties. */
function evenQuantiles(sorted: Float64Array, count: number): number[] {
  if (count === 1) return [sorted[0]!];
  return Array.from({ length: count }, (_, i) => {
    const place = i * (sorted.length - 1);
    const below = Math.floor(place / (count - 1));
    const weight = (place - below * (count - 1)) / (count - 1);
    const low = sorted[below]!;
    return weight === 0 ? low : low + weight * (sorted[below + 1]! - low);
  });
}

/** The middle of the shares at which a value between the ends lies. */
function shareOf(quantiles: Float64Array, value: number): number {
  if (Number.isNaN(value)) return value;
  const last = quantiles.length - 1;
  const above = countBelow(quantiles, value, true);
  const from = countBelow(quantiles, value, false);
  if (above > from) return (from + above - 1) / 2 / last;
  const low = quantiles[above - 1]!;
  return (above - 1 + (value - low) / (quantiles[above]! - low)) / last;
}

/** How many quantiles are below a value, or at it as well. */
function countBelow(quantiles: Float64Array, value: number, isAtIncluded: boolean): number {
  let [low, high] = [0, quantiles.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const quantile = quantiles[middle]!;
    if (quantile < value || (isAtIncluded && quantile === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The value at a share, which is held within [0, 1]. */
function valueAt(quantiles: Float64Array, share: number): number {
  const last = quantiles.length - 1;
  const place = Math.max(0, Math.min(1, share)) * last;
  if (Number.isNaN(place) || last === 0) return Number.isNaN(share) ? share : quantiles[0]!;
  const below = Math.min(last - 1, Math.floor(place));
  const low = quantiles[below]!;
  return low + (place - below) * (quantiles[below + 1]! - low);
}
