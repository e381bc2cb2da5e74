import { join } from "node:path";
import type { Setting, Side } from "../case.js";
import { writeCustomerMatrix } from "../customer-matrix.js";

/** `once` is one run, `check` the same with its trustworthiness, `warm` a second run in one process. */
type Mode = "once" | "check" | "warm";

/** Where both sides find them. */
export const matrixIn = ({ folder }: Setting): string => join(folder, "customers.json");

/** The real customers, for both sides. */
export function prepareMatrix(setting: Setting): Promise<void> {
  return writeCustomerMatrix(matrixIn(setting));
}

/** A side of ours. @param more - names of files in the case's folder. */
export function ourEmbedder(method: string, mode: Mode, ...more: string[]): Side {
  return {
    name: "insiders",
    runs: "node",
    commands: (setting) => [
      {
        argv: [
          ...[process.execPath, join(setting.root, "build/bench/sides/embed.js"), method, matrixIn(setting)],
          ...[mode, ...more.map((name) => join(setting.folder, name))],
        ],
      },
    ],
  };
}

/** A side of Python. */
export function pythonEmbedder(name: string, method: string, mode: Mode, ...more: string[]): Side {
  return {
    name,
    runs: "python",
    commands: (setting) => [
      {
        argv: [
          ...[setting.python, "-W", "ignore", join(setting.root, "bench/sides/embed.py"), method],
          ...[matrixIn(setting), mode, ...more.map((file) => join(setting.folder, file))],
        ],
      },
    ],
  };
}
