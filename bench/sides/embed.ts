/**
 * Embeds a matrix with our package: `embed.js METHOD MATRIX MODE [SCORES]`, METHOD pca, tsne or umap.
 * Prints `fit`, the seconds of the run, or with `warm` of a second one in the same process, and the trustworthiness
 * of its map at k = 15 unless MODE is `once`; `check` is one run with it. SCORES gets the principal components.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fitPca } from "#src/embedding/pca.js";
import { trustworthiness } from "#src/embedding/quality/neighbourhoods.js";
import { tsne } from "#src/embedding/tsne.js";
import { fitUmap } from "#src/embedding/umap.js";
import { type Matrix, matrixOf } from "#src/math/matrix.js";

const [method, path, mode, scores] = process.argv.slice(2) as [string, string, string, string?];
const X = matrixOf(JSON.parse(readFileSync(path, "utf8")) as number[][]);

async function embed(): Promise<Matrix> {
  if (method === "pca") return fitPca(X).transform(X);
  if (method === "tsne") return (await tsne(X)).embedding;
  return (await fitUmap(X, { nNeighbors: 15, minDist: 0.1, nEpochs: 500, seed: 42 })).embedding;
}

if (mode === "warm") await embed();
const started = performance.now();
const map = await embed();
const fit = (performance.now() - started) / 1000;
if (scores) writeFileSync(scores, JSON.stringify(Array.from(map.data)));
const figures = mode === "once" ? { fit } : { fit, trustworthiness: trustworthiness(X, map) };
process.stdout.write(`${JSON.stringify(figures)}\n`);
