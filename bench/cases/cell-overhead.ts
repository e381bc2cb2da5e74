import { join } from "node:path";
import type { Case } from "../case.js";
import {
  notebookSide,
  runSavingAtEnd,
  runWithInsiders,
  runWithNbclient,
  runWithPapermill,
} from "../sides/notebook-runners.js";
import { writeTrivialNotebook } from "../sides/trivial-notebook.js";

const CELLS = 201;

const cellOverhead: Case = {
  name: "cell-overhead",
  title: `Time a cell takes in a notebook of ${CELLS} cells \`1\`, the first one left out; insiders and papermill save around each`,
  figure: "perCell",
  unit: "ms",
  ours: notebookSide("insiders", "node", runWithInsiders, "typescript.ipynb"),
  rivals: [
    { ...notebookSide("nbclient", "python", runWithNbclient, "typescript.ipynb"), target: 1 },
    { ...notebookSide("papermill", "python", runWithPapermill, "typescript.ipynb"), target: 1 },
    notebookSide("insiders, saving at the end", "node", runSavingAtEnd, "typescript.ipynb"),
  ],
  rounds: 7,
  warmUps: 1,
  prepare({ folder }) {
    writeTrivialNotebook(join(folder, "typescript.ipynb"), CELLS, "tslab");
  },
};
export default cellOverhead;
