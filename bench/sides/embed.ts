/**
 * Embeds a matrix with our package: `embed.js METHOD MATRIX MODE [SCORES]`, METHOD pca, tsne, umap, or forest, which
 * learns the first column from the others and lays out its leaves. Prints `fit`, the seconds of the run, and `cpu`,
 * those of all its threads added up; with MODE `warm` of a second run in the same process. The trustworthiness of the
 * map at k = 15 comes with it unless MODE is `once`; `check` is one run with it. SCORES gets the principal components.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fitForest } from "#src/embedding/forest.js";
import { fitForestSpace } from "#src/embedding/forest-space.js";
import { fitPca } from "#src/embedding/pca.js";
import { trustworthiness } from "#src/embedding/quality/neighbourhoods.js";
import { tsne } from "#src/embedding/tsne.js";
import { fitUmap } from "#src/embedding/umap.js";
import { column, type Matrix, matrixOf } from "#src/math/matrix.js";

const [method, path, mode, scores] = process.argv.slice(2) as [string, string, string, string?];
const rows = JSON.parse(readFileSync(path, "utf8")) as number[][];
const X = matrixOf(rows);

async function embed(): Promise<Matrix> {
  if (method === "pca") return fitPca(X).transform(X);
  if (method === "tsne") return (await tsne(X)).embedding;
  if (method === "forest") {
    const others = matrixOf(rows.map((row) => row.slice(1)));
    const forest = await fitForest(others, column(X, 0), { seed: 42 });
    return (await fitForestSpace(forest, others, { seed: 42 })).embedding;
  }
  const nEpochs = X.rows <= 10_000 ? 500 : 200;
  return (await fitUmap(X, { nNeighbors: 15, minDist: 0.1, nEpochs, seed: 42 })).embedding;
}

if (mode === "warm") await embed();
const usedBefore = process.cpuUsage();
const started = performance.now();
const map = await embed();
const fit = (performance.now() - started) / 1000;
const used = process.cpuUsage(usedBefore);
const cpu = (used.user + used.system) / 1e6;
if (scores) writeFileSync(scores, JSON.stringify(Array.from(map.data)));
const figures = mode === "once" ? { fit, cpu } : { fit, cpu, trustworthiness: trustworthiness(X, map) };
process.stdout.write(`${JSON.stringify(figures)}\n`);
