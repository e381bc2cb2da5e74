/**
 * Runs a notebook with our runner: `execute.js INPUT OUTPUT CWD [at-end]`; the last word has it save at the end only.
 * Prints `firstResult`, from the start to the end of the first cell, and `perCell`, from there to the end of
 * the last cell over the cells in between.
 */
import { executeNotebook } from "#src/runner/execute.js";

const [input, output, cwd, saves] = process.argv.slice(2) as [string, string, string, string?];
const ends: number[] = [];
const started = performance.now();
await executeNotebook(input, output, {
  cwd,
  requestSaveOnCellExecute: saves !== "at-end",
  onProgress: ({ state }) => {
    if (state !== "running") ends.push(performance.now());
  },
});
const [first, last] = [ends[0]!, ends.at(-1)!];
const firstResult = (first - started) / 1000;
const perCell = (last - first) / 1000 / Math.max(1, ends.length - 1);
process.stdout.write(`${JSON.stringify({ firstResult, perCell })}\n`);
