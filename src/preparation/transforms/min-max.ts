import { elementwise, type FittedTransform } from "./fitted-transform.js";
import { presentValues } from "./present.js";

export interface MinMaxState {
  readonly kind: "min-max";
  readonly min: number;
  /** Maximum less minimum, or 1 where they are equal. */
  readonly range: number;
}

/**
 * The way from the smallest (0) to the largest value (1). Later values beyond these fall outside of [0, 1]; equal
 * values become 0.
 * @see equals sklearn.preprocessing.MinMaxScaler.
 */
export function fitMinMax(values: ArrayLike<number>): FittedTransform<MinMaxState> {
  const present = presentValues("fitMinMax", values);
  let [min, max] = [present[0]!, present[0]!];
  for (const value of present) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return minMax({ kind: "min-max", min, range: max > min ? max - min : 1 });
}

/** The transform of a known minimum and range. */
export function minMax(state: MinMaxState): FittedTransform<MinMaxState> {
  const { min, range } = state;
  return elementwise(
    state,
    (value) => (value - min) / range,
    (value) => value * range + min,
  );
}
