import { join } from "node:path";
import type { Command, Setting, Side } from "../case.js";

/** What a side does with one notebook: where it is read, where it is written; cells work in `notebooks/`. */
type Run = (setting: Setting, input: string, output: string) => Command;

/** Our runner, which saves around each cell. */
export const runWithInsiders: Run = (setting, input, output) => runNode(setting, [input, output]);

/** Our runner when it saves at the end, as nbclient does. */
export const runSavingAtEnd: Run = (setting, input, output) => runNode(setting, [input, output], "at-end");

/** nbclient, which executes and saves at the end. */
export const runWithNbclient: Run = (setting, input, output) =>
  runPython(setting, "nbclient_execute.py", [input, output]);

/** papermill, which saves around each cell as we do. */
export const runWithPapermill: Run = (setting, input, output) =>
  runPython(setting, "papermill_execute.py", [input, output]);

/** A side that runs one notebook of the case's folder. */
export function notebookSide(name: string, runs: Side["runs"], run: Run, notebook: string): Side {
  return {
    name,
    runs,
    commands: (setting) => [
      run(setting, join(setting.folder, notebook), join(setting.folder, `${runs}-output.ipynb`)),
    ],
  };
}

function runNode({ root }: Setting, paths: string[], ...more: string[]): Command {
  const program = join(root, "build/bench/sides/execute.js");
  return { argv: [process.execPath, program, ...paths, join(root, "notebooks"), ...more] };
}

function runPython({ root, python }: Setting, script: string, paths: string[]): Command {
  return {
    argv: [python, "-W", "ignore", join(root, "bench/sides", script), ...paths, join(root, "notebooks")],
  };
}
