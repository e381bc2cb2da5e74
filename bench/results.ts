import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "#src/runner/files.js";
import type { Case } from "./case.js";
import type { Measured } from "./measure.js";

const HEAD = `# Measured ratios

Written by \`npm run bench -- --save\`. Each figure is of one machine on one day; what carries over is the
ratio of two sides that took turns on it. Ratios are ours to theirs, taken round by round, of which the
median, the smallest and the largest are given: below 1 ours is faster or smaller. Peak memory is that of a
side's process and all it starts, each process at its own high-water mark, in the most demanding round.
`;

/** Keeps every run of a case for who wants to look closer; not committed. */
export function keepSamples(root: string, spec: Case, machine: string, measured: readonly Measured[]): void {
  const { name, title, figure } = spec;
  const record = { name, title, figure, at: new Date().toISOString(), machine, measured };
  writeFileAtomic(join(root, "build/bench-results", `${name}.json`), `${JSON.stringify(record, null, 2)}\n`);
}

/** Puts the section of a case into `bench/results.md`; those of other cases stay. */
export function saveSection(root: string, name: string, section: string): void {
  const path = join(root, "bench/results.md");
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const sections = text
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith("## ") && !part.startsWith(`## ${name}\n`))
    .map((part) => `${part.trimEnd()}\n`);
  const all = [...sections, `## ${name}\n\n${section.trimEnd()}\n`].sort();
  writeFileAtomic(path, [HEAD, ...all].join("\n"));
}
