/**
 * Sweeps K-Means, mixtures and Ward over K = 2..24 with our package: `sweep.js MATRIX`. Prints the seconds of the work
 * (`sweep`), those of all threads added up (`cpu`), and the sums of the objectives and silhouettes over K.
 */
import { readFileSync } from "node:fs";
import { sweep } from "#src/clustering/sweep.js";
import { matrixOf } from "#src/math/matrix.js";

const X = matrixOf(JSON.parse(readFileSync(process.argv[2]!, "utf8")) as number[][]);
const nClusters = Array.from({ length: 23 }, (_, i) => i + 2);

const usedBefore = process.cpuUsage();
const started = performance.now();
const rows = await sweep(new Map([["features", X]]), {
  truth: "features",
  settings: { kmeans: nClusters, gmm: nClusters, ward: nClusters },
  value: () => null,
  seed: 42,
});
const used = process.cpuUsage(usedBefore);
const sum = (values: (number | null)[]): number =>
  values.reduce((total: number, value) => total + (value ?? 0), 0);
const figures = {
  sweep: (performance.now() - started) / 1000,
  cpu: (used.user + used.system) / 1e6,
  inertia: sum(rows.map(({ inertia }) => inertia)),
  // of a row, as scikit-learn's score: what BIC is made of, less the price of the parameters
  logLikelihood: sum(rows.map(({ bic, setting }) => (bic === null ? null : perRow(bic, setting)))),
  silhouettes: sum(rows.map(({ inTruth }) => inTruth.silhouette)),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);

function perRow(bic: number, k: number): number {
  const d = X.columns;
  const parameters = k - 1 + k * d + (k * d * (d + 1)) / 2;
  return (parameters * Math.log(X.rows) - bic) / (2 * X.rows);
}
