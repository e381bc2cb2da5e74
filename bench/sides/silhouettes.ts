/**
 * Silhouettes of 69 labellings with our package: `silhouettes.js MATRIX`. Prints `cpu`, the seconds of all threads, and
 * the mean of all silhouettes. In labelling t customers belong to the nearest of customers t, t + 37, t + 2 * 37, ...,
 * K of them.
 */
import { readFileSync } from "node:fs";
import { silhouettes } from "#src/clustering/measures/silhouette.js";
import { matrixOf } from "#src/math/matrix.js";
import { nearestTo } from "#src/math/neighbours.js";

const rows = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as number[][];
const X = matrixOf(rows);
const labellings = Array.from({ length: 69 }, (_, t) => {
  const clusters = 2 + Math.floor(t / 3);
  const centres = Array.from({ length: clusters }, (_, k) => rows[(t + 37 * k) % rows.length]!);
  return nearestTo(matrixOf(centres), X, 1).indices;
});

const before = process.cpuUsage();
const found = silhouettes(X, labellings);
const used = process.cpuUsage(before);
const mean = found.reduce((sum, one) => sum + one.mean, 0) / found.length;
process.stdout.write(`${JSON.stringify({ cpu: (used.user + used.system) / 1e6, mean })}\n`);
