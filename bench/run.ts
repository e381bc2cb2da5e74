/**
 * Compares our programs with those a user would pick instead: `npm run bench -- [part of a name]... [--save]`
 * Sides take turns; what counts is the ratio. `--rounds N` for a quick look, `--save` writes `bench/results.md`.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { installKernelspec } from "#src/runner/kernelspec.js";
import { preparePython } from "../tests/runner/python-tools.js";
import { root } from "../tests/structure/support.js";
import type { Case } from "./case.js";
import { describeMachine } from "./machine.js";
import { measureCase } from "./measure.js";
import { keepSamples, saveSection } from "./results.js";
import { describeCase } from "./summary.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { save: { type: "boolean", default: false }, rounds: { type: "string" } },
});

const pythons = new Map<string, string>();

/** The cases of `bench/cases/`; a compiled one whose source is gone is not among them. */
async function findCases(): Promise<Case[]> {
  const names = readdirSync(join(root, "bench/cases")).filter((name) => name.endsWith(".ts"));
  const modules = names.map((name) => import(`./cases/${name.replace(/\.ts$/, ".js")}`));
  return (await Promise.all(modules)).map((module: { default: Case }) => module.default);
}

/** The Python with the tools of a case, made at the first call; empty, said once, where there is none. */
async function pythonOf({ tools = "" }: Case): Promise<string> {
  const earlier = pythons.get(tools);
  if (earlier !== undefined) return earlier;
  const suffix = tools === "" ? "" : `-${tools}`;
  const found = await preparePython(`bench${suffix}-venv`, `bench/requirements${suffix}.txt`);
  if (found.missing !== undefined)
    process.stdout.write(`only our side runs, without a comparison: ${found.missing}\n`);
  else if (tools === "") installKernelspec(root, found.prefix);
  pythons.set(tools, found.python ?? "");
  return found.python ?? "";
}

async function runCase(spec: Case, python: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "insiders-bench-"));
  const setting = { root, folder, python };
  process.stdout.write(`\n## ${spec.name}\n\n`);
  try {
    await spec.prepare?.(setting);
    const sides = [spec.ours, ...spec.rivals].filter(({ runs }) => runs === "node" || python !== "");
    const measured = await measureCase(spec, sides, setting, (round, count) => {
      if (process.stderr.isTTY) process.stderr.write(`\rround ${round} of ${count} `);
    });
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    const machine = describeMachine(python);
    const day = new Date().toISOString().slice(0, 10);
    const command = `npm run bench -- ${spec.name}`;
    const section = `${spec.title}.\n${day}, ${machine}; \`${command}\`\n\n${describeCase(spec, measured)}\n`;
    process.stdout.write(section);
    keepSamples(root, spec, machine, measured);
    if (values.save) saveSection(root, spec.name, section);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const cases = (await findCases()).filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
if (cases.length === 0) {
  process.stdout.write(`no case matches ${positionals.join(", ")}\n`);
  process.exitCode = 1;
}
for (const spec of cases) {
  const rounds = values.rounds === undefined ? spec.rounds : Number(values.rounds);
  await runCase({ ...spec, rounds }, await pythonOf(spec));
}
