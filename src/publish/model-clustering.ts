import { mixtureResponsibilities } from "../clustering/gaussian-mixture.js";
import { COVARIANCE_TYPES, type CovarianceType } from "../clustering/mixture/parameters.js";
import { type Matrix, matrixOf } from "../math/matrix.js";
import { listAt, numbersAt, oneOf, recordAt, requireDifferent, sharesAt, textsAt } from "./fields.js";
import type { KMeansClustering, MixtureClustering, ModelClustering } from "./model.js";

/** A clustering as plain data: matrices row by row. */
export function clusteringToJson(clustering: ModelClustering): Record<string, unknown> {
  if (clustering.kind === "kmeans") return { ...clustering, centers: rowsOf(clustering.centers) };
  const { kind, covarianceType, weights, means, covariances, segments } = clustering;
  return {
    ...{ kind, covarianceType, segments },
    weights: [...weights],
    means: rowsOf(means),
    covariances: [...covariances],
  };
}

/**
 * A stored clustering after a look at all of its numbers.
 * @param columns - coordinates of a point of the space.
 * @throws RangeError that names what does not fit.
 */
export function readClustering(json: unknown, columns: number): ModelClustering {
  const content = recordAt(json, "clustering");
  switch (content["kind"]) {
    case "kmeans":
      return readKMeans(content, columns);
    case "gmm":
      return readMixture(content, columns);
    default:
      throw new RangeError(
        `this version applies models of kind kmeans or gmm, not ${JSON.stringify(content["kind"])}`,
      );
  }
}

/** @throws RangeError when a matrix has other numbers than its shape says: rows would be cut off unseen. */
export function requireShapes(clustering: ModelClustering): void {
  const [what, matrix] =
    clustering.kind === "kmeans" ? ["centres", clustering.centers] : ["means", clustering.means];
  const { rows, columns, data } = matrix as Matrix;
  if (data.length !== rows * columns)
    throw new RangeError(
      `${what} of ${rows} x ${columns} have ${rows * columns} numbers, got ${data.length}`,
    );
}

function readKMeans({ centers, segments }: Record<string, unknown>, columns: number): KMeansClustering {
  const rows = rowsAt(centers, "clustering.centers", columns);
  return { kind: "kmeans", centers: matrixOf(rows), segments: readNames(segments, rows.length, "centre") };
}

function readMixture(content: Record<string, unknown>, columns: number): MixtureClustering {
  const means = rowsAt(content["means"], "clustering.means", columns);
  const k = means.length;
  const covarianceType = oneOf(content["covarianceType"], COVARIANCE_TYPES, "clustering.covarianceType");
  const weights = sharesAt(content["weights"], "clustering.weights", k);
  const size = countCovariances(covarianceType, k, columns);
  const covariances = numbersAt(content["covariances"], "clustering.covariances", size);
  if (covarianceType === "full" || covarianceType === "tied") requireSymmetric(covariances, columns);
  const mixture = {
    covarianceType,
    weights: Float64Array.from(weights),
    means: matrixOf(means),
    covariances: Float64Array.from(covariances),
  };
  // A covariance that is singular has no density: it says so of any row.
  mixtureResponsibilities(mixture, { rows: 1, columns, data: mixture.means.data.slice(0, columns) });
  return { kind: "gmm", ...mixture, segments: readNames(content["segments"], k, "component") };
}

function countCovariances(type: CovarianceType, k: number, d: number): number {
  return { full: k * d * d, tied: d * d, diag: k * d, spherical: k }[type];
}

/** @param matrices - d x d, one after the other. */
function requireSymmetric(matrices: readonly number[], d: number): void {
  matrices.forEach((value, at) => {
    const [row, column] = [Math.floor(at / d), at % d];
    const other = matrices[(row - (row % d) + column) * d + (row % d)];
    if (other !== value)
      throw new RangeError(`clustering.covariances are symmetric, got ${value} and ${other} at ${at}`);
  });
}

function rowsAt(json: unknown, at: string, columns: number): number[][] {
  const rows = listAt(json, at).map((row, i) => numbersAt(row, `${at}[${i}]`, columns));
  if (rows.length === 0) throw new RangeError(`${at} has at least one, got none`);
  return rows;
}

function readNames(json: unknown, count: number, what: string): string[] {
  const names = textsAt(json, "clustering.segments");
  if (names.length !== count)
    throw new RangeError(
      `clustering.segments has a name a ${what}, got ${names.length} for ${count} ${what}s`,
    );
  requireDifferent(names, "clustering.segments");
  return names;
}

function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));
}
