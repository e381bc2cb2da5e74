import type { Case } from "../case.js";
import { clusteringCase } from "../sides/clusterers.js";

const what = "Gaussian mixture, K = 8, full covariances,";
const gmmCase: Case = clusteringCase("gmm", what, "scikit-learn", ["logLikelihood"], 1, "cluster");
export default gmmCase;
