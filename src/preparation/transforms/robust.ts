import { quantile } from "../../statistics/quantile.js";
import { elementwise, type FittedTransform } from "./fitted-transform.js";
import { presentValues } from "./present.js";

export interface RobustState {
  readonly kind: "robust";
  /** The median. */
  readonly center: number;
  /** Distance of the two quantiles, or 1 where they are equal. */
  readonly scale: number;
}

/**
 * Distance from the median in interquartile ranges, which no outlier moves. Where the two quantiles are equal the
 * values keep their unit.
 * @param options.quantileRange - shares whose quantiles' distance is the unit; the quartiles when left out.
 * @throws RangeError unless 0 <= low < high <= 1.
 * @see equals sklearn.preprocessing.RobustScaler, whose range is given in percent.
 */
export function fitRobust(
  values: ArrayLike<number>,
  options: { quantileRange?: readonly [low: number, high: number] } = {},
): FittedTransform<RobustState> {
  const [low, high] = options.quantileRange ?? [0.25, 0.75];
  if (!(low >= 0 && low < high && high <= 1))
    throw new RangeError(`fitRobust needs shares 0 <= low < high <= 1, got ${low} and ${high}`);
  const sorted = presentValues("fitRobust", values).sort();
  const range = quantile(sorted, high) - quantile(sorted, low);
  return robust({ kind: "robust", center: quantile(sorted, 0.5), scale: range > 0 ? range : 1 });
}

/** The transform of a known center and scale. */
export function robust(state: RobustState): FittedTransform<RobustState> {
  const { center, scale } = state;
  return elementwise(
    state,
    (value) => (value - center) / scale,
    (value) => value * scale + center,
  );
}
