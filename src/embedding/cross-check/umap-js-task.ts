import { UMAP } from "umap-js";
import type { Neighbours } from "../../math/neighbours.js";
import { seededRandom } from "../../math/random.js";
import type { Task } from "../../parallel/task.js";

/** Rows with their neighbours, without themselves. */
export interface UmapJsInput {
  rows: number[][];
  neighbours: Neighbours;
  minDist: number;
  nEpochs: number;
  seed: number;
}

const task: Task<UmapJsInput, number[][]> = ({ rows, neighbours, minDist, nEpochs, seed }, { report }) => {
  const { k, indices, distances } = neighbours;
  const umap = new UMAP({ nNeighbors: k + 1, minDist, nEpochs, random: seededRandom(seed) });
  // It counts a row as the first of its neighbours.
  umap.setPrecomputedKNN(
    rows.map((_, i) => [i, ...indices.subarray(i * k, (i + 1) * k)]),
    rows.map((_, i) => [0, ...distances.subarray(i * k, (i + 1) * k)]),
  );
  umap.initializeFit(rows);
  for (let epoch = 0; epoch < nEpochs; epoch++) {
    umap.step();
    report(1);
  }
  return umap.getEmbedding();
};
export default task;
