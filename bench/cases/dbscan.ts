import type { Case } from "../case.js";
import { clusteringCase } from "../sides/clusterers.js";

const dbscanCase: Case = clusteringCase("dbscan", "DBSCAN", "scikit-learn", ["clusters", "noise"], 1);
export default dbscanCase;
