import { requireBetween, requireNewRows, requireWhole } from "../math/checks.js";
import { requireFinite } from "../math/finite.js";
import type { Matrix } from "../math/matrix.js";
import { seededRandom } from "../math/random.js";
import { centerColumns, shiftColumns } from "./center-columns.js";
import { kmeans } from "./kmeans.js";
import { densitiesOf } from "./mixture/densities.js";
import { expect } from "./mixture/expect.js";
import { type Maximizer, maximize } from "./mixture/maximize.js";
import { COVARIANCE_TYPES, type CovarianceType, countParameters } from "./mixture/parameters.js";
import { inWorkspace, readShares, setShares, type Workspace } from "./mixture/workspace.js";

export type { CovarianceType } from "./mixture/parameters.js";

export interface GaussianMixtureOptions {
  nComponents: number;
  /** "full" by default. */
  covarianceType?: CovarianceType;
  /** Added to each variance, so that equal rows have a density; 1e-6 by default. */
  regCovar?: number;
  /** A run ends when the mean log-likelihood of a row changes by less; 1e-3 by default. */
  tol?: number;
  /** Turns of a run; 100 by default. */
  maxIter?: number;
  /** Runs from different groups by K-Means, of which the likeliest counts; 1 by default. */
  nInit?: number;
  seed: number;
  /** Where a single run starts instead: n x k, how much of each row each component has. */
  responsibilities?: Matrix;
}

/** What densities of rows are computed from. */
export interface MixtureModel {
  covarianceType: CovarianceType;
  /** Share of the rows of each component. */
  weights: Float64Array;
  /** k x d. */
  means: Matrix;
  /** Row by row: k x d x d (full), d x d (tied), k x d (diag) or k (spherical). */
  covariances: Float64Array;
}

export interface GaussianMixtureResult extends MixtureModel {
  /** The likeliest component of each row, from 0. */
  labels: Int32Array;
  /** n x k, how likely each row is to come from each component. */
  responsibilities: Matrix;
  /** Mean logarithm of the density of a row. */
  logLikelihood: number;
  /** The same before the last turn, which is what runs are compared by. */
  lowerBound: number;
  bic: number;
  aic: number;
  converged: boolean;
  nIterations: number;
}

/**
 * Rows as a sum of normal distributions, by expectation and maximisation in turns from groups of K-Means.
 * @param X - n x d, rows are customers, scaled, finite; at least 2 rows.
 * @throws RangeError for fewer rows than components, values that are not finite, options without meaning, a component
 * that shrinks until its covariance is singular, or more rows than fit into 4 GiB with their responsibilities.
 * @see Dempster, Laird & Rubin 1977, J. R. Stat. Soc. B 39:1-38; equals sklearn.mixture.GaussianMixture from the same
 * responsibilities.
 */
export function gaussianMixture(X: Matrix, options: GaussianMixtureOptions): GaussianMixtureResult {
  const { nComponents: k, covarianceType = "full", regCovar = 1e-6, tol = 1e-3, maxIter = 100 } = options;
  const { nInit = 1, seed, responsibilities } = options;
  if (X.rows < 2 || X.columns < 1)
    throw new RangeError(`gaussianMixture needs at least 2 rows and 1 column, got ${X.rows} x ${X.columns}`);
  requireType(covarianceType);
  requireWhole("gaussianMixture", "components", k, 1, X.rows);
  requireWhole("gaussianMixture", "runs", nInit, 1, 1e6);
  requireWhole("gaussianMixture", "turns", maxIter, 1, 1e9);
  requireBetween("gaussianMixture", "regCovar", regCovar, 0, Number.MAX_VALUE);
  requireBetween("gaussianMixture", "a tolerance", tol, 0, Number.MAX_VALUE);
  requireFinite("gaussianMixture", X);
  if (responsibilities) requireShares(X, k, nInit, responsibilities);
  const { centred, means: columnMeans } = centerColumns(X);
  const maximizer = { type: covarianceType, regCovar, columnMeans };
  const random = seededRandom(seed);
  const found = inWorkspace("gaussianMixture", centred, k, (work) => {
    let best: GaussianMixtureResult | undefined;
    for (let run = 0; run < nInit; run++) {
      const start = responsibilities
        ? responsibilities.data
        : oneOf(kmeans(centred, { nClusters: k, nInit: 1, seed: Math.floor(random() * 2 ** 53) }).labels, k);
      setShares(work, start);
      const result = fit(centred, work, maximizer, tol, maxIter);
      if (best === undefined || result.lowerBound > best.lowerBound) best = result;
    }
    return best!;
  });
  return { ...found, means: shiftColumns(found.means, columnMeans, 1) };
}

/**
 * How likely new rows are to come from each component: n x k, each row sums to 1.
 * @param X - rows with the columns that were fitted, finite.
 * @throws RangeError for other columns or a value that is not finite.
 */
export function mixtureResponsibilities(model: MixtureModel, X: Matrix): Matrix {
  return expectNew("mixtureResponsibilities", model, X).responsibilities;
}

/** The likeliest component of new rows. @throws RangeError as `mixtureResponsibilities`. */
export function assignToMixture(model: MixtureModel, X: Matrix): Int32Array {
  return expectNew("assignToMixture", model, X).labels;
}

function expectNew(
  who: string,
  model: MixtureModel,
  X: Matrix,
): { responsibilities: Matrix; labels: Int32Array } {
  const { covarianceType, weights, means, covariances } = model;
  requireNewRows(who, X, means.columns);
  const densities = densitiesOf(who, covarianceType, { weights, means: means.data, covariances });
  const responsibilities = inWorkspace(who, X, weights.length, (work) => {
    expect(work, densities);
    return readShares(work);
  });
  return { responsibilities, labels: likeliest(responsibilities) };
}

/** One run; the means are those of centred rows. */
function fit(
  X: Matrix,
  work: Workspace,
  maximizer: Maximizer,
  tol: number,
  maxIter: number,
): GaussianMixtureResult {
  const { type } = maximizer;
  const { k } = work;
  let parameters = maximize(X, work, maximizer);
  let densities = densitiesOf("gaussianMixture", type, parameters);
  let lowerBound = -Infinity;
  let converged = false;
  let nIterations = 0;
  while (!converged && nIterations < maxIter) {
    const before = lowerBound;
    lowerBound = expect(work, densities);
    parameters = maximize(X, work, maximizer);
    densities = densitiesOf("gaussianMixture", type, parameters);
    nIterations++;
    converged = Math.abs(lowerBound - before) < tol;
  }
  const logLikelihood = expect(work, densities);
  const responsibilities = readShares(work);
  const free = countParameters(type, k, X.columns);
  const deviance = -2 * logLikelihood * X.rows;
  return {
    covarianceType: type,
    weights: parameters.weights,
    means: { rows: k, columns: X.columns, data: parameters.means },
    covariances: parameters.covariances,
    labels: likeliest(responsibilities),
    responsibilities,
    logLikelihood,
    lowerBound,
    bic: deviance + free * Math.log(X.rows),
    aic: deviance + 2 * free,
    converged,
    nIterations,
  };
}

function requireType(type: CovarianceType): void {
  if (!COVARIANCE_TYPES.includes(type))
    throw new RangeError(
      `gaussianMixture needs a covariance type of ${COVARIANCE_TYPES.join(", ")}, got ${type}`,
    );
}

function requireShares(X: Matrix, k: number, nInit: number, { rows, columns, data }: Matrix): void {
  if (rows !== X.rows || columns !== k)
    throw new RangeError(
      `gaussianMixture needs responsibilities of ${X.rows} x ${k}, got ${rows} x ${columns}`,
    );
  if (nInit !== 1) throw new RangeError(`gaussianMixture needs nInit 1 with responsibilities, got ${nInit}`);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    let least = Infinity;
    for (const share of data.subarray(i * k, (i + 1) * k)) {
      sum += share;
      least = Math.min(least, share);
    }
    if (!(least >= 0 && Math.abs(sum - 1) < 1e-6))
      throw new RangeError(
        `gaussianMixture needs responsibilities from 0 that sum to 1, got a least of ${least} and a sum of ${sum} in row ${i}`,
      );
  }
}

/** Each row wholly with its group. */
function oneOf(labels: Int32Array, k: number): Float64Array {
  const shares = new Float64Array(labels.length * k);
  labels.forEach((label, i) => {
    shares[i * k + label] = 1;
  });
  return shares;
}

/** The component with the largest share of each row, of equal ones the first. */
function likeliest({ rows, columns: k, data }: Matrix): Int32Array {
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i++)
    for (let c = 1; c < k; c++) if (data[i * k + c]! > data[i * k + labels[i]!]!) labels[i] = c;
  return labels;
}
