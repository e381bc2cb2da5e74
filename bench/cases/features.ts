import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { resolveSource } from "#src/data/source.js";
import { root } from "../../tests/structure/support.js";
import type { Case, Rival, Setting, Side } from "../case.js";

const source = resolveSource("", { root });

const ours: Side = {
  name: "insiders",
  runs: "node",
  commands: ({ root: top }) => [
    { argv: [process.execPath, join(top, "build/bench/sides/features.js"), source.path] },
  ],
};

function pandas(name: string, way: string, target?: number): Rival {
  return {
    name,
    runs: "python",
    commands: ({ root: top, python }) => [
      { argv: [python, "-W", "ignore", join(top, "bench/sides/pandas_features.py"), way, source.path] },
    ],
    ...(target !== undefined && { target }),
  };
}

const rivals = [
  pandas("pandas", "whole", 0.5),
  pandas("pandas, needed columns and lines only, as categories", "shortest"),
];

const features: Case = {
  name: "features",
  title: `From ${source.name} to the features of its customers, the whole process: read, cleaned, 36 columns each`,
  figure: "process",
  unit: "s",
  ours,
  rivals,
  rounds: 7,
  warmUps: 1,
  prepare(setting) {
    if (setting.python === "") return;
    const expected = checksum(ours, setting);
    for (const rival of rivals) compare(expected, checksum(rival, setting), rival.name);
  },
};
export default features;

function checksum(side: Side, setting: Setting): Record<string, number> {
  const [program, ...args] = side.commands(setting)[0]!.argv;
  return JSON.parse(execFileSync(program!, args, { encoding: "utf8" })) as Record<string, number>;
}

/** A race is only worth running between sides that come to the same. */
function compare(expected: Record<string, number>, found: Record<string, number>, name: string): void {
  for (const column of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const [a, b] = [expected[column] ?? Number.NaN, found[column] ?? Number.NaN];
    if (!(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))))
      throw new Error(`${name} comes to another ${column}: ${b} instead of ${a}`);
  }
}
