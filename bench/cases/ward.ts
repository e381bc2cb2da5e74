import type { Case } from "../case.js";
import { clusteringCase } from "../sides/clusterers.js";

const ward: Case = clusteringCase("ward", "All merges by Ward", "scipy", ["heights"], 1);
export default ward;
