import type { Case } from "../case.js";
import { THE_CUSTOMERS } from "../customer-matrix.js";
import { ourEmbedder, prepareMatrix, pythonEmbedder } from "../sides/embedders.js";

const umapProcess: Case = {
  name: "process-umap",
  title: `The whole process that reads ${THE_CUSTOMERS} and makes the map of the case umap`,
  figure: "process",
  unit: "s",
  ours: ourEmbedder("umap", "once"),
  rivals: [{ ...pythonEmbedder("umap-learn", "umap", "once"), target: 0.1 }],
  rounds: 3,
  warmUps: 1,
  prepare: prepareMatrix,
};
export default umapProcess;
