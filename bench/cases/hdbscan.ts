import type { Case } from "../case.js";
import { clusteringCase } from "../sides/clusterers.js";

const hdbscanCase: Case = clusteringCase("hdbscan", "HDBSCAN*", "scikit-learn", ["clusters", "noise"], 1);
export default hdbscanCase;
