import { momentsOf } from "../../statistics/moments.js";
import { elementwise, type FittedTransform } from "./fitted-transform.js";
import { presentValues } from "./present.js";

export interface StandardState {
  readonly kind: "standard";
  readonly mean: number;
  /** Population standard deviation, or 1 where it is zero. */
  readonly scale: number;
}

/**
 * Distance from the mean in standard deviations, so that features weigh the same in a distance. Equal values become 0.
 * @see equals sklearn.preprocessing.StandardScaler.
 */
export function fitStandard(values: ArrayLike<number>): FittedTransform<StandardState> {
  return standard({ kind: "standard", ...meanAndScale(presentValues("fitStandard", values)) });
}

/** The transform of a known mean and scale. */
export function standard(state: StandardState): FittedTransform<StandardState> {
  const { mean, scale } = state;
  return elementwise(
    state,
    (value) => (value - mean) / scale,
    (value) => value * scale + mean,
  );
}

/** Mean and population standard deviation (1 where it is zero). @param present - finite, at least one. */
export function meanAndScale(present: Float64Array): { mean: number; scale: number } {
  const n = present.length;
  const { mean, sd } = momentsOf(present);
  const scale = n < 2 ? 0 : sd * Math.sqrt((n - 1) / n);
  return { mean: mean + 0, scale: scale > 0 ? scale : 1 };
}
