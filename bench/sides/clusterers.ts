import { join } from "node:path";
import type { Case, Rival, Setting, Side } from "../case.js";
import { THE_CUSTOMERS, writeCustomerMatrix } from "../customer-matrix.js";

const matrixIn = ({ folder }: Setting): string => join(folder, "customers.json");

/**
 * A clustering of the real customers beside the one of a Python library, the first run in a process.
 * @param program - of this folder, in either language, that takes a method and a matrix.
 */
export function clusteringCase(
  name: string,
  what: string,
  library: string,
  shown: readonly string[],
  target: number,
  program = "density-and-trees",
): Case {
  const ours: Side = {
    name: "insiders",
    runs: "node",
    commands: (setting) => [
      {
        argv: [
          ...[process.execPath, join(setting.root, `build/bench/sides/${program}.js`)],
          ...[name, matrixIn(setting)],
        ],
      },
    ],
  };
  const rival: Rival = {
    name: library,
    runs: "python",
    target,
    commands: (setting) => [
      {
        argv: [
          ...[
            setting.python,
            "-W",
            "ignore",
            join(setting.root, `bench/sides/${program.replaceAll("-", "_")}.py`),
          ],
          ...[name, matrixIn(setting)],
        ],
      },
    ],
  };
  return {
    name,
    title: `${what} of ${THE_CUSTOMERS}, 10 measures`,
    figure: "fit",
    unit: "ms",
    shown: ["cpu", ...shown],
    ours,
    rivals: [rival],
    rounds: 5,
    warmUps: 1,
    prepare: (setting) => writeCustomerMatrix(matrixIn(setting)),
  };
}
