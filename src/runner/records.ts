import { type Cell, RECORD_MIME } from "../types.js";
import type { Notebook } from "./nbformat.js";
import { isMap, isMapOf, isText, isTextList } from "./shapes.js";

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
  return latestByName(payloads(notebook).filter(isRecordedValue));
}

/** All groups that the cells of an executed notebook recorded, in order; later ones of a name replace earlier ones. */
export function recordedGroups(notebook: Notebook): RecordedGroups[] {
  return latestByName(payloads(notebook).filter(isRecordedGroups));
}

/** Whether a value is a figure recorded by name: any cell may show something under the MIME type of records. */
export function isRecordedValue(value: unknown): value is RecordedValue {
  return (
    isMap(value) &&
    isText(value["name"]) &&
    isText(value["unit"]) &&
    (value["value"] === null || ["string", "number", "boolean"].includes(typeof value["value"]))
  );
}

/** Whether a value says who was recorded to be in which group. */
export function isRecordedGroups(value: unknown): value is RecordedGroups {
  return isMap(value) && isText(value["name"]) && isMapOf(value["groups"], isTextList);
}

function payloads(notebook: Notebook): unknown[] {
  return notebook.cells
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .flatMap((output) => ("data" in output ? [output.data[RECORD_MIME]] : []));
}

function latestByName<T extends { name: string }>(records: readonly T[]): T[] {
  return [...new Map(records.map((record) => [record.name, record])).values()];
}
