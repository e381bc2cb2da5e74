import { compensatedSum } from "../../statistics/sum.js";
import { elementwise, type FittedTransform } from "./fitted-transform.js";
import {
  extremes,
  type Likelihood,
  logVarianceOfPowers,
  mostLikelyPower,
  powerBounds,
  varianceOf,
} from "./power-likelihood.js";
import { areEqual, presentValues } from "./present.js";
import { meanAndScale } from "./standard.js";

export interface YeoJohnsonState {
  readonly kind: "yeo-johnson";
  /** 1 keeps the shape; below 1 the right tail is drawn in, above 1 the left one. */
  readonly lambda: number;
  /** Of the transformed values; 0 when these are not standardized. */
  readonly mean: number;
  /** Likewise; 1 when not standardized, or where all values are equal. */
  readonly scale: number;
}

/**
 * The power that makes values of any sign most normal: Box-Cox of 1 + x from zero up, and of 1 - x with 2 - lambda
 * mirrored below. Equal values have no shape to change: lambda is 1.
 * @param options.standardize - to mean 0 and standard deviation 1; true when left out.
 * @see Yeo & Johnson 2000, Biometrika 87:954-959; equals sklearn.preprocessing.PowerTransformer("yeo-johnson").
 */
export function fitYeoJohnson(
  values: ArrayLike<number>,
  options: { standardize?: boolean } = {},
): FittedTransform<YeoJohnsonState> {
  const present = presentValues("fitYeoJohnson", values);
  const lambda = areEqual(present) ? 1 : mostLikelyPower(yeoJohnsonLikelihood(present), boundsFor(present));
  const plain = yeoJohnson({ kind: "yeo-johnson", lambda, mean: 0, scale: 1 });
  if (options.standardize === false) return plain;
  return yeoJohnson({ ...plain.state, ...meanAndScale(plain.transform(present)) });
}

/** The transform of a known power. */
export function yeoJohnson(state: YeoJohnsonState): FittedTransform<YeoJohnsonState> {
  const { lambda, mean, scale } = state;
  return elementwise(
    state,
    (value) => (bend(value, lambda) - mean) / scale,
    (value) => unbend(value * scale + mean, lambda),
  );
}

/**
 * Logarithm of the likelihood of a power, constants left out. It has a single peak.
 * @param present - finite values that are not all equal.
 * @see equals scipy.stats.yeojohnson_llf; Marchand et al. 2022, NeurIPS 35 (its negative is convex).
 */
export function yeoJohnsonLikelihood(present: Float64Array): Likelihood {
  const signedLogs = compensatedSum(present.map((value) => Math.sign(value) * Math.log1p(Math.abs(value))));
  const logVariance = logVarianceOf(present);
  return (lambda) => (lambda - 1) * signedLogs - (present.length / 2) * logVariance(lambda);
}

function logVarianceOf(present: Float64Array): (lambda: number) => number {
  const { min, max } = extremes(present);
  if (min >= 0) return logVarianceOfPowers(present, 1);
  if (max < 0) {
    const mirrored = logVarianceOfPowers(
      present.map((value) => -value),
      1,
    );
    return (lambda) => mirrored(2 - lambda);
  }
  const logs = present.map((value) => Math.log1p(Math.abs(value)));
  const bent = new Float64Array(present.length);
  return (lambda) => {
    for (let i = 0; i < bent.length; i++) bent[i] = bendLog(logs[i]!, present[i]! >= 0, lambda);
    return Math.log(varianceOf(bent));
  };
}

function boundsFor(present: Float64Array): [low: number, high: number] {
  const { min, max } = extremes(present);
  return powerBounds(Math.log1p(Math.max(0, max)), Math.log1p(Math.max(0, -min)));
}

function bend(value: number, lambda: number): number {
  return bendLog(Math.log1p(Math.abs(value)), value >= 0, lambda);
}

function bendLog(log: number, isAbove: boolean, lambda: number): number {
  if (isAbove) return lambda === 0 ? log : Math.expm1(lambda * log) / lambda;
  const power = 2 - lambda;
  return power === 0 ? -log : -Math.expm1(power * log) / power;
}

function unbend(value: number, lambda: number): number {
  const isAbove = value >= 0;
  const power = isAbove ? lambda : 2 - lambda;
  const size = Math.abs(value);
  const found = Math.expm1(power === 0 ? size : Math.log1p(power * size) / power);
  return isAbove ? found : -found;
}
