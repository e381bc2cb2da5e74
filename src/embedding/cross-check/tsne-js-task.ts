import { createRequire } from "node:module";
import { randomNormal } from "../../math/distributions.js";
import { seededRandom } from "../../math/random.js";
import type { Task } from "../../parallel/task.js";

export interface TsneJsInput {
  rows: number[][];
  perplexity: number;
  nIter: number;
  seed: number;
}

/** As much of tsne-js as is used; it comes without types. */
interface TsneJs {
  init(options: { data: number[][]; type: "dense" }): void;
  run(): [error: number, iterations: number];
  getOutput(): number[][];
  on(event: "progressIter", listener: () => void): void;
  /** Where the points are. */
  outputEmbedding: { data: Float64Array };
}

const require = createRequire(import.meta.url);
const TSNE = require("tsne-js") as new (options: Record<string, unknown>) => TsneJs;

const task: Task<TsneJsInput, number[][]> = ({ rows, perplexity, nIter, seed }, { report }) => {
  const model = new TSNE({ dim: 2, perplexity, nIter, learningRate: 100, metric: "euclidean" });
  model.init({ data: rows, type: "dense" });
  // It starts at positions that no seed fixes: these take their place.
  const random = seededRandom(seed);
  const { data } = model.outputEmbedding;
  for (let at = 0; at < data.length; at++) data[at] = 1e-4 * randomNormal(random);
  model.on("progressIter", () => report(1));
  model.run();
  return model.getOutput();
};
export default task;
