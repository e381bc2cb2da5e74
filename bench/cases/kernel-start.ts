import { join } from "node:path";
import type { Case } from "../case.js";
import { notebookSide, runWithInsiders, runWithNbclient } from "../sides/notebook-runners.js";
import { writeTrivialNotebook } from "../sides/trivial-notebook.js";

const kernelStart: Case = {
  name: "kernel-start",
  title: "From the call of the runner to the end of the first cell, `1`, which waits for the kernel to start",
  figure: "firstResult",
  unit: "s",
  ours: notebookSide("insiders", "node", runWithInsiders, "typescript.ipynb"),
  rivals: [
    { ...notebookSide("nbclient", "python", runWithNbclient, "typescript.ipynb"), target: 1 },
    notebookSide("nbclient with ipykernel", "python", runWithNbclient, "python.ipynb"),
  ],
  rounds: 9,
  warmUps: 1,
  prepare({ folder }) {
    writeTrivialNotebook(join(folder, "typescript.ipynb"), 1, "tslab");
    writeTrivialNotebook(join(folder, "python.ipynb"), 1, "python3");
  },
};
export default kernelStart;
