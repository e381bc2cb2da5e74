import { mkdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { resolveSource } from "#src/data/source.js";
import { readNotebook, writeNotebook } from "#src/runner/notebook-file.js";
import { declaredAmong, injectParameters } from "#src/runner/parameters.js";
import { listNotebooks } from "#src/runner/report.js";
import { root } from "../../tests/structure/support.js";
import type { Case, Command, Setting } from "../case.js";
import { runWithInsiders, runWithPapermill } from "../sides/notebook-runners.js";

const source = resolveSource("", { root });
const notebooks = listNotebooks(join(root, "notebooks"));

/** Each notebook executed and then rendered, as a loop in a shell would. */
function oneByOne(run: typeof runWithInsiders): (setting: Setting) => Command[] {
  return (setting) =>
    notebooks.flatMap((path) => {
      const input = join(setting.folder, "inputs", basename(path));
      const output = join(setting.folder, "one-by-one", basename(path));
      const render = ["-W", "ignore", "-m", "nbconvert", "--to", "html", "--log-level=ERROR", output];
      return [run(setting, input, output), { argv: [setting.python, ...render] }];
    });
}

const reportSequence: Case = {
  name: "report-sequence",
  title: `All ${notebooks.length} notebooks on ${source.name}, executed and rendered; the others take one notebook and one step at a time`,
  figure: "process",
  unit: "s",
  ours: {
    name: "insiders report",
    runs: "node",
    commands: ({ folder }) => [
      {
        argv: [
          ...[process.execPath, join(root, "dist/cli/main.js"), "report", "--force", "--source", source.path],
          ...["--workspace", join(folder, "interim"), "--output", join(folder, "reports")],
        ],
      },
    ],
  },
  rivals: [
    {
      name: "insiders, nbconvert one by one",
      runs: "python",
      commands: oneByOne(runWithInsiders),
      target: 1,
    },
    {
      name: "papermill, nbconvert one by one",
      runs: "python",
      commands: oneByOne(runWithPapermill),
      target: 1,
    },
  ],
  rounds: 3,
  warmUps: 1,
  prepare({ folder }) {
    const parameters = {
      source: relative(root, source.path),
      workspace: relative(root, join(folder, "interim-one-by-one")),
    };
    mkdirSync(join(folder, "one-by-one"));
    // papermill has no translator for TypeScript: both get notebooks that hold their parameters already.
    for (const path of notebooks) {
      const notebook = readNotebook(path);
      const injected = injectParameters(notebook, declaredAmong(notebook, parameters));
      writeNotebook(join(folder, "inputs", basename(path)), injected);
    }
  },
};
export default reportSequence;
