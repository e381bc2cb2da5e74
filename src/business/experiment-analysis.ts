import type { BootstrapResult } from "../statistics/bootstrap.js";
import { ratioByBootstrap } from "../statistics/bootstrap-comparisons.js";
import { type ArmValues, type CupedResult, cupedTest, joined, rankArms } from "../statistics/cuped.js";
import { type MannWhitneyResult, mannWhitneyTest } from "../statistics/mann-whitney.js";
import { quantile } from "../statistics/quantile.js";
import type { TestOptions } from "../statistics/test-result.js";
import { type WelchResult, welchTest } from "../statistics/welch.js";

export interface AnalysisOptions extends TestOptions {
  /** Amounts above this quantile of both arms together count as that quantile; 0.99 when left out. */
  cap?: number;
  /** Of the bootstrap. */
  seed: number;
  resamples?: number;
}

/** What an experiment found, in the ways agreed on before. */
export interface ExperimentAnalysis {
  /** The primary analysis: revenue adjusted by revenue before, nothing capped. */
  cuped: CupedResult;
  /** The same of capped amounts: steadier, of less money. */
  cappedCuped: CupedResult;
  /** The same of ranks: whether customers bring more as a rule, which few large ones do not decide. */
  rankCuped: CupedResult;
  /** Without adjustment. */
  welch: WelchResult;
  mannWhitney: MannWhitneyResult;
  /** How many times the control's mean revenue the programme's is. */
  ratio: BootstrapResult;
}

/**
 * Whether the programme changed what its customers bring, against customers like them who did not get it.
 * @param programme - outcome and covariate of at least 2 customers; `control` likewise.
 * @throws RangeError for fewer customers, columns that differ in length or a value that is not finite.
 */
export function analyseExperiment(
  programme: ArmValues,
  control: ArmValues,
  options: AnalysisOptions,
): ExperimentAnalysis {
  const { cap = 0.99, seed, resamples, level } = options;
  if (!(cap > 0 && cap <= 1)) throw new RangeError(`analyseExperiment needs a cap in (0, 1], got ${cap}`);
  const cuped = cupedTest(programme, control, options);
  const [a, b] = capArms(programme, control, cap);
  return {
    cuped,
    cappedCuped: cupedTest(a, b, options),
    rankCuped: cupedTest(...rankArms(programme, control), options),
    welch: welchTest(programme.outcome, control.outcome, options),
    mannWhitney: mannWhitneyTest(programme.outcome, control.outcome, options),
    ratio: ratioByBootstrap(programme.outcome, control.outcome, { seed, resamples, level }),
  };
}

/** Both arms with outcome and covariate cut at a quantile of both arms together. */
export function capArms(a: ArmValues, b: ArmValues, cap: number): [ArmValues, ArmValues] {
  const outcome = quantile(joined(a.outcome, b.outcome).sort(), cap);
  const covariate = quantile(joined(a.covariate, b.covariate).sort(), cap);
  const cut = (arm: ArmValues): ArmValues => ({
    outcome: cutAt(arm.outcome, outcome),
    covariate: cutAt(arm.covariate, covariate),
  });
  return [cut(a), cut(b)];
}

function cutAt(values: ArrayLike<number>, most: number): Float64Array {
  const cut = new Float64Array(values.length);
  for (let i = 0; i < cut.length; i++) cut[i] = Math.min(values[i]!, most);
  return cut;
}
