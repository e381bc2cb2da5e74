import type { Case } from "../case.js";
import { THE_CUSTOMERS } from "../customer-matrix.js";
import { ourEmbedder, prepareMatrix, pythonEmbedder } from "../sides/embedders.js";

const umapCase: Case = {
  name: "umap",
  title: `UMAP of ${THE_CUSTOMERS}, 10 measures, 15 neighbours, minimal distance 0.1, 500 epochs; a second fit in one process`,
  figure: "fit",
  unit: "s",
  shown: ["cpu", "trustworthiness"],
  ours: ourEmbedder("umap", "warm"),
  rivals: [
    { ...pythonEmbedder("umap-learn", "umap", "warm"), target: 1 },
    { ...pythonEmbedder("umap-learn without a seed, in all threads", "umap-threads", "warm"), target: 1 },
  ],
  rounds: 5,
  warmUps: 1,
  prepare: prepareMatrix,
};
export default umapCase;
