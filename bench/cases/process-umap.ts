import type { Case } from "../case.js";
import { ourEmbedder, prepareMatrix, pythonEmbedder } from "../sides/embedders.js";

const umapProcess: Case = {
  name: "process-umap",
  title: "The whole process that reads the customers and makes the map of the case umap",
  figure: "process",
  unit: "s",
  ours: ourEmbedder("umap", "once"),
  rivals: [{ ...pythonEmbedder("umap-learn", "umap", "once"), target: 0.1 }],
  rounds: 3,
  warmUps: 1,
  prepare: prepareMatrix,
};
export default umapProcess;
