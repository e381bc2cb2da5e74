import { type Cell, RECORD_MIME } from "../types.js";
import type { Notebook } from "./nbformat.js";

/** A figure that a cell recorded by name. */
export interface RecordedValue {
  name: string;
  value: Cell;
  unit: string;
}

/** All values that the cells of an executed notebook recorded, in order; a later value of a name replaces an earlier one. */
export function recordedValues(notebook: Notebook): RecordedValue[] {
  const values = new Map<string, RecordedValue>();
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    for (const output of cell.outputs) {
      const record = "data" in output ? (output.data[RECORD_MIME] as RecordedValue | undefined) : undefined;
      if (record) values.set(record.name, record);
    }
  }
  return [...values.values()];
}
