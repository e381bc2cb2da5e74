import { compensatedSum } from "../../statistics/sum.js";
import { elementwise, type FittedTransform } from "./fitted-transform.js";
import {
  extremes,
  type Likelihood,
  logVarianceOfPowers,
  mostLikelyPower,
  powerBounds,
} from "./power-likelihood.js";
import { areEqual, presentValues } from "./present.js";
import { meanAndScale } from "./standard.js";

export interface BoxCoxState {
  readonly kind: "box-cox";
  /** 1 keeps the shape, 0 is the logarithm, -1 the reciprocal. */
  readonly lambda: number;
  /** Of the transformed values; 0 when these are not standardized. */
  readonly mean: number;
  /** Likewise; 1 when not standardized, or where all values are equal. */
  readonly scale: number;
}

/**
 * The power that makes positive values most normal, (x^lambda - 1) / lambda, the logarithm at 0. Equal values have no
 * shape to change: lambda is 1.
 * @param options.standardize - to mean 0 and standard deviation 1; true when left out.
 * @throws RangeError when a value is not positive.
 * @see Box & Cox 1964, J. R. Stat. Soc. B 26:211-252; equals sklearn.preprocessing.PowerTransformer("box-cox"), which
 * refuses equal values.
 */
export function fitBoxCox(
  values: ArrayLike<number>,
  options: { standardize?: boolean } = {},
): FittedTransform<BoxCoxState> {
  const present = presentValues("fitBoxCox", values);
  present.forEach(requirePositive);
  const lambda = areEqual(present) ? 1 : mostLikelyPower(boxCoxLikelihood(present), boundsFor(present));
  const plain = boxCox({ kind: "box-cox", lambda, mean: 0, scale: 1 });
  if (options.standardize === false) return plain;
  return boxCox({ ...plain.state, ...meanAndScale(plain.transform(present)) });
}

/** The transform of a known power. */
export function boxCox(state: BoxCoxState): FittedTransform<BoxCoxState> {
  const { lambda, mean, scale } = state;
  return elementwise(
    state,
    (value) => (bend(requirePositive(value), lambda) - mean) / scale,
    (value) => unbend(value * scale + mean, lambda),
  );
}

/**
 * Logarithm of the likelihood of a power, constants left out.
 * @param present - positive values that are not all equal.
 * @see equals scipy.stats.boxcox_llf.
 */
export function boxCoxLikelihood(present: Float64Array): Likelihood {
  const sumOfLogs = compensatedSum(present.map(Math.log));
  const logVariance = logVarianceOfPowers(present, 0);
  return (lambda) => (lambda - 1) * sumOfLogs - (present.length / 2) * logVariance(lambda);
}

function boundsFor(present: Float64Array): [low: number, high: number] {
  const { min, max } = extremes(present);
  return powerBounds(Math.max(Math.abs(Math.log(min)), Math.abs(Math.log(max))));
}

function bend(value: number, lambda: number): number {
  return lambda === 0 ? Math.log(value) : Math.expm1(lambda * Math.log(value)) / lambda;
}

function unbend(value: number, lambda: number): number {
  return Math.exp(lambda === 0 ? value : Math.log1p(lambda * value) / lambda);
}

function requirePositive(value: number): number {
  if (value <= 0) throw new RangeError(`Box-Cox needs positive values, got ${value}`);
  return value;
}
