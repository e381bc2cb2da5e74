/**
 * Clusters a matrix with our package: `density-and-trees.js METHOD MATRIX`, METHOD ward, dbscan or hdbscan. Prints `fit`,
 * the seconds of the first run in the process, `cpu`, and what there is to compare: the sum of heights, or clusters and noise.
 */
import { readFileSync } from "node:fs";
import { dbscan } from "#src/clustering/dbscan.js";
import { hdbscan } from "#src/clustering/hdbscan.js";
import { linkage } from "#src/clustering/linkage.js";
import { matrixOf } from "#src/math/matrix.js";

const [method, path] = process.argv.slice(2) as [string, string];
const X = matrixOf(JSON.parse(readFileSync(path, "utf8")) as number[][]);

const usedBefore = process.cpuUsage();
const started = performance.now();
const found = cluster();
const fit = (performance.now() - started) / 1000;
const used = process.cpuUsage(usedBefore);
process.stdout.write(`${JSON.stringify({ fit, cpu: (used.user + used.system) / 1e6, ...found })}\n`);

function cluster(): Record<string, number> {
  if (method === "ward")
    return { heights: linkage(X, "ward").heights.reduce((sum, height) => sum + height, 0) };
  const { labels, nClusters } =
    method === "dbscan"
      ? dbscan(X, { eps: 1.5, minSamples: 10 })
      : hdbscan(X, { minClusterSize: 15, minSamples: 5 });
  return { clusters: nClusters, noise: labels.filter((label) => label < 0).length };
}
