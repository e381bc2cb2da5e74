/**
 * Runs the compiled tests: `node build/tests/run.js [part of a path]...`
 * Quick files side by side, then those with kernels and browsers two at a time, then those that look at moments alone.
 */
import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { run } from "node:test";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  crashed,
  type FileResult,
  formatFile,
  formatSummary,
  summariseFile,
  type TestEvent,
} from "./reporter.js";

const root = resolve(fileURLToPath(import.meta.url), "../../..");

/** These start kernels, servers or browsers. */
const HEAVY = /^tests\/(e2e|lab|browser)\//;
/** Of these, what looks at moments: a kernel that dies, a signal, a pipe that closes. */
const MOMENTS = /^tests\/e2e\/(closed-pipes|execute|honest-ends|kernel)\.test/;
/** Of the others, what takes longest: it begins first. */
const LONGEST = /^tests\/lab\/notebooks/;
/** Stacks name the line of the TypeScript source. */
const TEST_FLAGS = ["--enable-source-maps"];
const QUICK_SECONDS = 240;
const HEAVY_SECONDS = 900;

/** Test sources below a folder, relative to the top. A compiled test whose source is gone is not among them. */
function findTests(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => relative(root, join(root, folder, name)).replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".test.ts") && !path.slice(folder.length).includes("/fixtures/"))
    .sort();
}

async function runFile(file: string, seconds: number): Promise<FileResult> {
  const compiled = join(root, "build", file.replace(/\.ts$/, ".js"));
  if (!existsSync(compiled)) return crashed(file, "is not compiled");
  const events: TestEvent[] = [];
  const options = { files: [compiled], timeout: seconds * 1000, execArgv: TEST_FLAGS };
  for await (const event of run(options)) events.push(event);
  return summariseFile(file, compiled, events);
}

/** Runs the files with so many at a time and prints each as it ends. */
async function runFiles(files: readonly string[], atOnce: number, seconds: number): Promise<FileResult[]> {
  const waiting = [...files];
  const results: FileResult[] = [];
  const lane = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await runFile(file, seconds);
      results.push(result);
      process.stdout.write(formatFile(result).replaceAll(`file://${root}/`, "").replaceAll(`${root}/`, ""));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

const { values, positionals: filters } = parseArgs({
  allowPositionals: true,
  options: { in: { type: "string", default: "tests" }, seconds: { type: "string" } },
});
// Until Node 22 test processes take their flags from here. NODE_OPTIONS would reach what they start as well.
process.execArgv.push(...TEST_FLAGS);

const files = findTests(values.in).filter(
  (file) => filters.length === 0 || filters.some((f) => file.includes(f)),
);
const quick = files.filter((file) => !HEAVY.test(file));
const heavy = files
  .filter((file) => HEAVY.test(file) && !MOMENTS.test(file))
  .sort((a, b) => Number(LONGEST.test(b)) - Number(LONGEST.test(a)));
const moments = files.filter((file) => MOMENTS.test(file));
const limit = values.seconds === undefined ? undefined : Number(values.seconds);
const results = [
  ...(await runFiles(quick, Math.min(availableParallelism(), 4), limit ?? QUICK_SECONDS)),
  ...(await runFiles(heavy, 2, limit ?? HEAVY_SECONDS)),
  ...(await runFiles(moments, 1, limit ?? HEAVY_SECONDS)),
];
if (files.length === 0) process.stdout.write(`no test file in ${values.in} matches ${filters.join(", ")}\n`);
process.stdout.write(formatSummary(results, performance.now() / 1000));
const isGood = results.every((r) => r.failures.length === 0) && results.some((r) => r.passed > 0);
process.exitCode = isGood ? 0 : 1;
