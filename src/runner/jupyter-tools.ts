import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** How to call a Jupyter tool. */
export interface JupyterTools {
  command: string;
  /** What comes before the caller's own arguments. */
  args: readonly string[];
  version: string;
  /** `project`: the pinned version in `.venv`; `system`: one found on the PATH. */
  origin: "project" | "system";
  /** Where the kernel of this project is to be registered. */
  prefix: string;
}

/** One of the tools: its package, and how a system has it. */
export interface Tool {
  package: string;
  /** Programs that a system may have, with the arguments that make them this tool. */
  programs: readonly (readonly [string, ...string[]])[];
  /** The oldest major version that serves. */
  oldest: number;
  /** How long the installation takes. */
  takes: string;
  /** What to do where the package cannot be installed. */
  alternative: string;
}

export const NBCONVERT: Tool = {
  package: "nbconvert",
  programs: [["jupyter-nbconvert"], ["jupyter", "nbconvert"]],
  oldest: 6,
  takes: "about 20 seconds",
  alternative: "install nbconvert 6 or newer (Debian, Ubuntu: apt install jupyter-nbconvert)",
};

export const JUPYTERLAB: Tool = {
  package: "jupyterlab",
  programs: [["jupyter-lab"], ["jupyter", "lab"]],
  oldest: 3,
  takes: "up to a minute",
  alternative: "put a JupyterLab 3 or newer on the PATH",
};

/** Notes about the set-up, and the kernel's prefix where there is no `.venv`. */
export function stateFolder(root: string): string {
  return join(root, ".jupyter");
}

/** The pinned packages. */
export function requirementsFile(root: string): string {
  return join(root, "requirements.txt");
}

/** A short text that changes with the pins and with `more`. */
export function fingerprint(root: string, more = ""): string {
  return createHash("sha256")
    .update(readFileSync(requirementsFile(root)))
    .update(more)
    .digest("hex");
}

/** A note written by an earlier run; undefined where there is none that can be read. */
export function readNote<T extends object>(path: string): Partial<T> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Partial<T>;
  } catch {
    return undefined;
  }
}
