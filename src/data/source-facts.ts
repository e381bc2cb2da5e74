import type { ColumnName } from "./columns.js";
import type { LoadSummary } from "./load.js";

/** Which file invoice lines are from: what a run hands over of its source. */
export interface SourceFacts {
  /** Without its folder. */
  name: string;
  /** Of the file as it is stored. */
  sha256: string;
  rows: number;
  /** The header name each column was read from; `null` where the source has none. */
  columns: Record<ColumnName, string | null>;
}

/** What of a summary names its file wherever it lies. */
export function sourceFacts({ file, sha256, rows, columns }: LoadSummary): SourceFacts {
  return { name: file, sha256, rows, columns };
}
