import type { Case } from "../case.js";
import { clusteringCase } from "../sides/clusterers.js";

const what = "K-Means, K = 8, 10 starts,";
const kmeansCase: Case = clusteringCase("kmeans", what, "scikit-learn", ["inertia"], 1, "cluster");
export default kmeansCase;
