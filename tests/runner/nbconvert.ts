import { fileURLToPath } from "node:url";
import type { Nbconvert } from "#src/runner/html.js";
import { findProgram } from "#src/runner/processes.js";

const pinned = fileURLToPath(new URL("../../../.venv/bin/jupyter-nbconvert", import.meta.url));

/** An nbconvert that is already there: the project's, or one on the PATH. Tests that need it are skipped otherwise. */
export function findNbconvert(): Nbconvert | undefined {
  const command = findProgram(pinned, process.env) ?? findProgram("jupyter-nbconvert", process.env);
  return command === undefined ? undefined : { command, args: [] };
}
