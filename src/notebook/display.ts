/** One output of a cell: the same content in several MIME types, of which the reader's program shows the richest. */
export interface Bundle {
  data: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  /** Names an output that a later one may take the place of. */
  transient?: { display_id: string };
}

const DISPLAY = Symbol.for("jupyter.display");

/**
 * Sends one output to the notebook; outside of a kernel its plain text goes to the console.
 * @param isUpdate - it takes the place of the output with the same `display_id`; outside of a kernel nothing is said.
 */
export function display(bundle: Bundle, isUpdate = false): void {
  const hook = (globalThis as Record<symbol, unknown>)[DISPLAY];
  if (typeof hook === "function") hook(bundle, isUpdate);
  else if (!isUpdate) console.log(String(bundle.data["text/plain"] ?? ""));
}

/** True in a headless run, whose report brings style and plotly.js for all outputs at once. */
export function isReport(): boolean {
  return process.env.INSIDERS_REPORT === "1";
}
