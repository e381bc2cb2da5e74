/**
 * Gets the Jupyter tools ready: the pinned ones in the project's `.venv`, or those of the system where that
 * fails. What was done is written down, so that the next run starts no process to find out.
 */
import { join } from "node:path";
import { findInstalled, install, pinnedVersion } from "./jupyter-installed.js";
import { findOnSystem, recallSystemTool, rememberSystemTool } from "./jupyter-system.js";
import { JUPYTERLAB, type JupyterTools, NBCONVERT, stateFolder, type Tool } from "./jupyter-tools.js";
import { withLock } from "./lock.js";
import type { Environment } from "./processes.js";

export type { JupyterTools } from "./jupyter-tools.js";

/** How the preparation tells and asks. */
export interface PrepareOptions {
  /** Gets a line about what takes time or differs from the rule; silent once the pinned tools are there. */
  onMessage: (line: string) => void;
  /** Default: the variables of this process. `PYTHON` names the Python to use; pip and Jupyter read their own. */
  env?: Environment;
}

/**
 * How to call nbconvert, which turns an executed notebook into HTML.
 * @throws Error that says in one line what is missing and what to install.
 */
export function prepareNbconvert(root: string, options: PrepareOptions): Promise<JupyterTools> {
  return prepare(root, NBCONVERT, options);
}

/**
 * How to call JupyterLab.
 * @throws Error that says in one line what is missing and what to install.
 */
export function prepareJupyterLab(root: string, options: PrepareOptions): Promise<JupyterTools> {
  return prepare(root, JUPYTERLAB, options);
}

async function prepare(root: string, tool: Tool, options: PrepareOptions): Promise<JupyterTools> {
  const { onMessage, env = process.env } = options;
  const find = (): JupyterTools | undefined =>
    findInstalled(root, tool) ?? recallSystemTool(root, tool, env, onMessage);
  return (
    find() ??
    (await withLock(
      join(stateFolder(root), "preparing"),
      async (wasInterrupted) => find() ?? (await setUp(root, tool, { onMessage, env, wasInterrupted })),
      () => onMessage(`${tool.package}: waiting for another process that prepares .venv`),
    ))
  );
}

async function setUp(
  root: string,
  tool: Tool,
  options: Required<PrepareOptions> & { wasInterrupted: boolean },
): Promise<JupyterTools> {
  const { onMessage, env, wasInterrupted } = options;
  const name = `${tool.package} ${pinnedVersion(root, tool)}`;
  onMessage(`installing ${name} in .venv (once, ${tool.takes})`);
  try {
    return await install(root, tool, env, { rebuild: wasInterrupted });
  } catch (error) {
    const failure = `${name} could not be installed: ${(error as Error).message}`;
    const found = await findOnSystem(tool, env);
    if (!found) throw new Error(`${failure}; otherwise ${tool.alternative}`, { cause: error });
    return rememberSystemTool(root, tool, env, { ...found, failure }, onMessage);
  }
}
