import { freeCellId, type Notebook, type TextCell } from "./nbformat.js";
import { hasTag } from "./parameters.js";

/** papermill's tag: tools that read its notebooks look for it. */
const TAG = "papermill-error-cell-tag";
/** papermill's anchor. */
const ANCHOR = "papermill-error-cell";

/**
 * The notebook with a note at its top that leads to the failed cell, and one right before that cell.
 * @param failedCell - id of the cell.
 * @param reason - plain text, in one line.
 */
export function withErrorMarkers(notebook: Notebook, failedCell: string, reason: string): Notebook {
  const cells = [...notebook.cells];
  const at = cells.findIndex((cell) => cell.id === failedCell);
  if (at < 0) return notebook;
  const failed = cells[at]!;
  const count = failed.cell_type === "code" ? (failed.execution_count ?? " ") : " ";
  const before = marker(
    freeCellId(`${ANCHOR}-before`, cells),
    `<span id="${ANCHOR}">**The run stopped here.** The cell below failed: ${asCode(reason)}</span>`,
  );
  const top = marker(
    freeCellId(ANCHOR, cells),
    `**The run failed** at [In [${count}]](#${ANCHOR}): ${asCode(reason)}`,
  );
  cells.splice(at, 0, before);
  return { ...notebook, cells: [top, ...cells] };
}

/** The notebook without the notes of an earlier run. */
export function withoutErrorMarkers(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.filter((cell) => !hasTag(cell, TAG)) };
}

function marker(id: string, source: string): TextCell {
  return { cell_type: "markdown", id, metadata: { tags: [TAG] }, source };
}

/** Text from data as Markdown code, in which nothing has a meaning. */
function asCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}
