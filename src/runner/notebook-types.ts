/** What a cell shows, as nbformat 4.5 stores it. */
export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string | string[] }
  | {
      output_type: "display_data";
      data: Record<string, unknown>;
      metadata: Record<string, unknown>;
    }
  | {
      output_type: "execute_result";
      execution_count: number | null;
      data: Record<string, unknown>;
      metadata: Record<string, unknown>;
    }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** Free-form metadata of a cell; `papermill` holds how its run went. */
export interface CellMetadata {
  tags?: string[];
  papermill?: Record<string, unknown>;
  [key: string]: unknown;
}

/** A code cell. */
export interface CodeCell {
  cell_type: "code";
  id: string;
  metadata: CellMetadata;
  source: string | string[];
  execution_count: number | null;
  outputs: Output[];
}

/** A cell of prose. */
export interface TextCell {
  cell_type: "markdown" | "raw";
  id: string;
  metadata: CellMetadata;
  source: string | string[];
  /** Data by file name and MIME type. */
  attachments?: Record<string, Record<string, unknown>>;
}

export type NotebookCell = CodeCell | TextCell;

/** A Jupyter notebook, nbformat 4. @see https://nbformat.readthedocs.io/en/stable/format_description.html */
export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown> & {
    kernelspec?: { name: string; display_name?: string; language?: string };
    insiders?: { reads?: string[]; writes?: string[] };
    papermill?: Record<string, unknown>;
  };
  cells: NotebookCell[];
}
