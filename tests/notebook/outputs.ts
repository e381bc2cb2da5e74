import type { Bundle } from "#src/notebook/display.js";

const DISPLAY = Symbol.for("jupyter.display");

/** What `show` sends to the notebook. */
export function captureOutputs(show: () => void): Bundle[] {
  const outputs: Bundle[] = [];
  const scope = globalThis as Record<symbol, unknown>;
  scope[DISPLAY] = (bundle: Bundle) => outputs.push(bundle);
  try {
    show();
  } finally {
    delete scope[DISPLAY];
  }
  return outputs;
}

/** One part of an output as text. */
export function part(bundle: Bundle | undefined, mime: string): string {
  return String(bundle?.data[mime] ?? "");
}
