import type { Case } from "../case.js";
import { THE_CUSTOMERS } from "../customer-matrix.js";
import { ourEmbedder, prepareMatrix, pythonEmbedder } from "../sides/embedders.js";

const SCORES = "scores.json";

/** Here what counts is the gap; scikit-learn calls LAPACK, which no JavaScript keeps up with. */
const pcaCase: Case = {
  name: "pca",
  title: `PCA of ${THE_CUSTOMERS}, 10 measures, with the largest gap of a score to scikit-learn's`,
  figure: "fit",
  unit: "ms",
  shown: ["largestGap"],
  ours: ourEmbedder("pca", "once", SCORES),
  rivals: [pythonEmbedder("scikit-learn", "pca", "once", SCORES)],
  rounds: 5,
  warmUps: 1,
  prepare: prepareMatrix,
};
export default pcaCase;
