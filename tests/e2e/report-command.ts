/** `insiders report` as a command. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readNotebook } from "#src/runner/notebook-file.js";
import { recordedValues } from "#src/runner/records.js";
import { root } from "../structure/support.js";

export const SAMPLE: string = join(root, "data/sample/online-retail-sample.csv");

export interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
  output: string;
  workspace: string;
}

/** Runs it in `folder`, with its output and workspace below `name` there. */
export function report(folder: string, name: string, args: string[], env: NodeJS.ProcessEnv = {}): Run {
  const output = join(folder, name, "reports");
  const workspace = join(folder, name, "interim");
  const main = join(root, "dist/cli/main.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, "report", "--output", output, "--workspace", workspace, ...args],
    { encoding: "utf8", env: { ...process.env, INSIDERS_SOURCE: "", ...env }, cwd: folder },
  );
  return { status, stdout, stderr, output, workspace };
}

/** The values that its notebooks recorded, by name. */
export function recorded(run: Run): Map<string, unknown> {
  const values = readdirSync(join(run.output, "notebooks"))
    .filter((name) => name.endsWith(".ipynb"))
    .flatMap((name) => recordedValues(readNotebook(join(run.output, "notebooks", name))));
  return new Map(values.map(({ name, value }) => [name, value]));
}
