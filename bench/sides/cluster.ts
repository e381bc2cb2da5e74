/**
 * Clusters a matrix with our package, or measures a labelling of it: `cluster.js METHOD MATRIX`, METHOD kmeans, gmm,
 * ward, hdbscan, silhouettes or sampled. Prints `fit`, the seconds of the first run in the process, `cpu`, those of all
 * its threads added up, and what was found. The labelling that is measured is that of the nearest of eight rows.
 */
import { readFileSync } from "node:fs";
import { gaussianMixture } from "#src/clustering/gaussian-mixture.js";
import { hdbscan } from "#src/clustering/hdbscan.js";
import { kmeans } from "#src/clustering/kmeans.js";
import { linkage } from "#src/clustering/linkage.js";
import { sampledSilhouette } from "#src/clustering/measures/sampled-silhouettes.js";
import { silhouettesInParallel } from "#src/clustering/measures/silhouettes-in-parallel.js";
import { matrixOf } from "#src/math/matrix.js";
import { nearestTo } from "#src/math/neighbours.js";

const CLUSTERS = 8;
const [method, path] = process.argv.slice(2) as [string, string];
const rows = JSON.parse(readFileSync(path, "utf8")) as number[][];
const X = matrixOf(rows);
const labels = nearestTo(matrixOf(rows.slice(0, CLUSTERS)), X, 1).indices;

const work: Record<string, () => Record<string, number> | Promise<Record<string, number>>> = {
  kmeans: () => ({ inertia: kmeans(X, { nClusters: CLUSTERS, nInit: 10, seed: 42 }).inertia }),
  gmm: () => ({ logLikelihood: gaussianMixture(X, { nComponents: CLUSTERS, seed: 42 }).logLikelihood }),
  ward: () => ({ height: linkage(X, "ward").heights.at(-1)! }),
  hdbscan: () => ({
    clusters: hdbscan(X, { minClusterSize: Math.round(X.rows / 100), minSamples: 10 }).nClusters,
  }),
  silhouettes: async () => ({ mean: (await silhouettesInParallel(X, [labels]))[0]!.mean }),
  sampled: () => {
    const { mean, interval } = sampledSilhouette(X, labels, { seed: 42 });
    return { mean, low: interval[0], high: interval[1] };
  },
};

const run = work[method];
if (run === undefined) throw new Error(`no method ${method} among ${Object.keys(work).join(", ")}`);
const usedBefore = process.cpuUsage();
const started = performance.now();
const found = await run();
const fit = (performance.now() - started) / 1000;
const used = process.cpuUsage(usedBefore);
process.stdout.write(`${JSON.stringify({ fit, cpu: (used.user + used.system) / 1e6, ...found })}\n`);
