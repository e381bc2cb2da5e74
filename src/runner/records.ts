import { type Cell, RECORD_MIME } from "../types.js";
import type { Notebook } from "./nbformat.js";

/** A figure that a cell recorded by name. */
export interface RecordedValue {
  name: string;
  value: Cell;
  unit: string;
}

/** Who a cell recorded to be in which group. */
export interface RecordedGroups {
  name: string;
  /** Ids by label. */
  groups: Record<string, string[]>;
}

/** All values that the cells of an executed notebook recorded, in order; a later value of a name replaces an earlier one. */
export function recordedValues(notebook: Notebook): RecordedValue[] {
  return latestByName(payloads(notebook).filter((payload): payload is RecordedValue => "value" in payload));
}

/** All groups that the cells of an executed notebook recorded, in order; later ones of a name replace earlier ones. */
export function recordedGroups(notebook: Notebook): RecordedGroups[] {
  return latestByName(payloads(notebook).filter((payload): payload is RecordedGroups => "groups" in payload));
}

function payloads(notebook: Notebook): (RecordedValue | RecordedGroups)[] {
  return notebook.cells
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .flatMap((output) => ("data" in output ? [output.data[RECORD_MIME]] : []))
    .filter((payload): payload is RecordedValue | RecordedGroups => typeof payload === "object" && !!payload);
}

function latestByName<T extends { name: string }>(records: readonly T[]): T[] {
  return [...new Map(records.map((record) => [record.name, record])).values()];
}
