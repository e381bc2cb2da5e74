import { join } from "node:path";
import type { Case, Rival } from "../case.js";
import { THE_CUSTOMERS } from "../customer-matrix.js";
import { matrixIn, prepareMatrix } from "../sides/embedders.js";

const python = (name: string, mode: string, target: number): Rival => ({
  name,
  runs: "python",
  target,
  commands: (setting) => [
    {
      argv: [
        ...[setting.python, "-W", "ignore", join(setting.root, "bench/sides/sweep.py")],
        ...[matrixIn(setting), mode],
      ],
    },
  ],
});

const sweep: Case = {
  name: "sweep",
  title: `K-Means (10 starts), Gaussian mixtures and Ward for K = 2 to 24 with silhouettes, of ${THE_CUSTOMERS}, 10 measures; the work alone`,
  figure: "sweep",
  unit: "s",
  shown: ["cpu", "inertia", "logLikelihood", "silhouettes"],
  ours: {
    name: "insiders",
    runs: "node",
    commands: (setting) => [
      { argv: [process.execPath, join(setting.root, "build/bench/sides/sweep.js"), matrixIn(setting)] },
    ],
  },
  rivals: [python("scikit-learn, careful", "careful", 0.4), python("scikit-learn, as usual", "usual", 0.1)],
  rounds: 3,
  warmUps: 0,
  prepare: prepareMatrix,
};
export default sweep;
