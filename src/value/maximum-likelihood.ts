import { randomNormal } from "../math/distributions.js";
import type { Matrix } from "../math/matrix.js";
import { minimizeSmooth, type SmoothMinimum } from "../math/minimize-smooth.js";
import { choleskyOf, inverseOfCholesky } from "../math/positive-definite.js";
import { seededRandom } from "../math/random.js";

/** Positive parameters that make the data most likely, and how sure they are. */
export interface MaximumLikelihood {
  parameters: number[];
  logLikelihood: number;
  /** Bayesian information criterion, lower is better: it charges each parameter the logarithm of the customers. */
  bic: number;
  /** Covariance of the logarithms of the parameters: the inverse of the second derivatives. */
  covariance: Matrix;
  /** Standard errors of the logarithms: relative errors of the parameters. */
  standardErrors: number[];
  /** Always true of a result: a search that fails throws. */
  converged: true;
  /** Largest slope of the log-likelihood per customer by the logarithm of a parameter. */
  gradientNorm: number;
  /** Starts of the search, and how many ended at this maximum. */
  starts: number;
  agreeing: number;
}

/** A likelihood whose highest point was not found, or where a parameter may be anything. */
export class NotConverged extends RangeError {
  override name = "NotConverged";
  /** What a reader who knows no functions is told. */
  readonly reason: string;

  constructor(message: string, reason: string = message) {
    super(message);
    this.reason = reason;
  }
}

/** How a likelihood is searched. */
export interface LikelihoodOptions {
  /** Of the starts but the first; 1 when left out. */
  seed?: number;
  /** Searches from different places; 3 when left out. */
  starts?: number;
  /** Parameters to begin with, such as those of similar data. */
  from?: readonly number[];
}

/** Relative error of a parameter from which on it counts as undetermined: a factor of 20 either way. */
const UNDETERMINED = 3;

/**
 * How far the logarithm of a parameter may move from where the search begins. Beyond a factor of 150 a parameter grows or
 * shrinks without end, as that of stopping does where nobody stops.
 */
const FARTHEST = 5;

/**
 * Maximum likelihood over positive parameters.
 *
 * Searched over the logarithms, from several starts; taken for a maximum only where the slope is zero and the
 * likelihood falls in all directions.
 * @param who - begins the messages.
 * @param size - customers; the search works on the mean over them.
 * @throws NotConverged (a RangeError) when no start ends at a maximum, or one where a parameter may be anything.
 */
export function maximizeLikelihood(
  who: string,
  names: readonly string[],
  start: readonly number[],
  size: number,
  logLikelihood: (parameters: Float64Array) => number,
  { seed = 1, starts = 3, from }: LikelihoodOptions = {},
): MaximumLikelihood {
  if (!Number.isInteger(starts) || starts < 1)
    throw new RangeError(`${who} needs a positive whole number of starts, got ${starts}`);
  const random = seededRandom(seed);
  const middle = (from ?? start).map(Math.log);
  const loss = (logs: Float64Array): number =>
    logs.some((log, i) => !(Math.abs(log - middle[i]!) <= FARTHEST))
      ? Infinity
      : -logLikelihood(logs.map(Math.exp)) / size;
  const found: SmoothMinimum[] = [];
  for (let i = 0; i < starts; i++) {
    const at = Float64Array.from(middle, (log) => log + (i === 0 ? 0 : randomNormal(random)));
    if (Number.isFinite(loss(at))) found.push(minimizeSmooth(loss, at));
  }
  const good = found.filter(({ converged }) => converged);
  const lowest = (minima: SmoothMinimum[]): number => Math.min(...minima.map(({ value }) => value));
  const isBest = ({ value }: SmoothMinimum): boolean =>
    value - lowest(good) < 1e-8 * Math.max(1, Math.abs(value));
  // Of equal ends the first: kinds that may be swapped keep the names that the start gave them.
  const best = good.find(isBest) ?? found.find(({ value }) => value === lowest(found));
  const told = (logs: Float64Array): string =>
    names.map((name, i) => `${name} = ${Math.exp(logs[i]!).toPrecision(4)}`).join(", ");
  if (best === undefined)
    throw new RangeError(`${who} found no finite likelihood near ${told(Float64Array.from(middle))}`);
  if (!best.converged) {
    const escaped = names.filter((_, i) => Math.abs(best.x[i]! - middle[i]!) > FARTHEST - 0.1);
    const reason =
      escaped.length > 0
        ? `${escaped.join(" and ")} ran off`
        : `a slope of ${best.gradientNorm.toExponential(1)} is left`;
    throw new NotConverged(
      `${who} did not converge from ${starts} starts: ${reason} at ${told(best.x)} (n = ${size}); the data do not determine all parameters`,
      `the data do not determine its parameters: ${reason}`,
    );
  }
  const scaled = { ...best.hessian, data: best.hessian.data.map((value) => value * size) };
  const covariance = inverseOfCholesky(choleskyOf(scaled)!);
  const standardErrors = names.map((_, i) => Math.sqrt(covariance.data[i * names.length + i]!));
  const vague = standardErrors.findIndex((error) => error > UNDETERMINED);
  if (vague >= 0)
    throw new NotConverged(
      `${who} cannot tell ${names[vague]}: standard error of its logarithm ${standardErrors[vague]!.toPrecision(3)} at ${told(best.x)} (n = ${size})`,
      `the data cannot tell its parameter ${names[vague]}`,
    );
  return {
    parameters: Array.from(best.x, Math.exp),
    logLikelihood: -best.value * size,
    bic: 2 * best.value * size + names.length * Math.log(size),
    covariance,
    standardErrors,
    converged: true,
    gradientNorm: best.gradientNorm,
    starts,
    agreeing: good.filter(({ value }) => value - best.value < 1e-7 * Math.max(1, Math.abs(best.value)))
      .length,
  };
}
