import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomNormal } from "#src/math/distributions.js";
import { seededRandom } from "#src/math/random.js";
import type { FeaturePlan, Shape } from "#src/preparation/plan.js";
import type { Case } from "../case.js";

const CUSTOMERS = 4_300;
const SHAPES: readonly Shape[] = ["box-cox", "yeo-johnson", "box-cox", "log1p", "quantile-normal"];
const FEATURES = 40;

/** Forty skewed features, every second with zeros or gaps, and a plan for each. */
function writeTable(path: string): void {
  const random = seededRandom(20110101);
  const columns: Record<string, (number | null)[]> = {};
  const plan: FeaturePlan[] = [];
  for (let j = 0; j < FEATURES; j++) {
    const transform = SHAPES[j % SHAPES.length]!;
    const rare = transform === "box-cox" ? null : 0;
    columns[`f${j}`] = Array.from({ length: CUSTOMERS }, () =>
      random() < 0.2 ? rare : Math.exp(j / 8 + (0.5 + j / 40) * randomNormal(random)),
    );
    plan.push({ name: `f${j}`, impute: "median", transform, scale: "standard" });
  }
  writeFileSync(path, JSON.stringify({ columns, plan }));
}

const prepare: Case = {
  name: "prepare",
  title: `Fitting and applying imputer, transform and scale of ${FEATURES} features of ${CUSTOMERS} customers, the first time in a process`,
  figure: "fit",
  unit: "ms",
  ours: {
    name: "insiders",
    runs: "node",
    commands: ({ root, folder }) => [
      { argv: [process.execPath, join(root, "build/bench/sides/prepare.js"), join(folder, "table.json")] },
    ],
  },
  rivals: [
    {
      name: "scikit-learn",
      runs: "python",
      target: 1,
      commands: ({ root, folder, python }) => [
        { argv: [python, "-W", "ignore", join(root, "bench/sides/prepare.py"), join(folder, "table.json")] },
      ],
    },
  ],
  rounds: 7,
  warmUps: 1,
  prepare({ folder }) {
    writeTable(join(folder, "table.json"));
  },
};
export default prepare;
