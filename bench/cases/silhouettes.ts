import { join } from "node:path";
import type { Case } from "../case.js";
import { THE_CUSTOMERS } from "../customer-matrix.js";
import { prepareMatrix } from "../sides/embedders.js";

/** The processor's time of all threads is what a sweep pays; starting a process is left out on both sides. */
const silhouettesCase: Case = {
  name: "silhouettes",
  title: `Silhouettes of 69 labellings (K = 2 to 24, three each) of ${THE_CUSTOMERS}, 10 measures; cpu seconds of all threads`,
  figure: "cpu",
  unit: "s",
  shown: ["mean"],
  ours: {
    name: "insiders",
    runs: "node",
    commands: ({ root, folder }) => [
      {
        argv: [
          process.execPath,
          join(root, "build/bench/sides/silhouettes.js"),
          join(folder, "customers.json"),
        ],
      },
    ],
  },
  rivals: [
    {
      name: "scikit-learn",
      runs: "python",
      target: 0.25,
      commands: ({ root, folder, python }) => [
        { argv: [python, join(root, "bench/sides/silhouettes.py"), join(folder, "customers.json")] },
      ],
    },
  ],
  rounds: 5,
  warmUps: 1,
  prepare: prepareMatrix,
};
export default silhouettesCase;
