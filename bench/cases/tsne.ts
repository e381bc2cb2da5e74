import type { Case } from "../case.js";
import { THE_CUSTOMERS } from "../customer-matrix.js";
import { ourEmbedder, prepareMatrix, pythonEmbedder } from "../sides/embedders.js";

const tsneCase: Case = {
  name: "tsne",
  title: `t-SNE of ${THE_CUSTOMERS}, 10 measures, 1,000 iterations, perplexity 30, angle 0.5; the fit alone`,
  figure: "fit",
  unit: "s",
  shown: ["cpu", "trustworthiness"],
  ours: ourEmbedder("tsne", "check"),
  rivals: [{ ...pythonEmbedder("scikit-learn", "tsne", "check"), target: 0.25 }],
  rounds: 3,
  warmUps: 0,
  prepare: prepareMatrix,
};
export default tsneCase;
