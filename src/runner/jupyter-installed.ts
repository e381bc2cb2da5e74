import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "./files.js";
import { fingerprint, type JupyterTools, readNote, requirementsFile, type Tool } from "./jupyter-tools.js";
import type { Environment } from "./processes.js";
import {
  ensureEnvironment,
  environmentPython,
  installPackage,
  interpreterOf,
  moduleArguments,
} from "./python.js";

/** Written last: what `.venv` was made of when the tool was installed. It goes with `.venv` when that is deleted. */
interface Installed {
  requirements: string;
  interpreter: string;
}

/** The tool in `.venv`, if it is there as `requirements.txt` says and its Python still is. */
export function findInstalled(root: string, tool: Tool): JupyterTools | undefined {
  const note = readNote<Installed>(noteFile(root, tool));
  const isCurrent =
    note?.interpreter !== undefined &&
    note.interpreter === interpreterOf(environmentFolder(root)) &&
    note.requirements === fingerprint(root);
  return isCurrent ? describe(root, tool) : undefined;
}

/**
 * Installs the pinned version of a tool in `.venv`, which is made if it is missing or broken.
 * @param options.rebuild - whether an interrupted run may have left half of something there.
 * @throws Error that says why it could not.
 */
export async function install(
  root: string,
  tool: Tool,
  env: Environment,
  options: { rebuild: boolean },
): Promise<JupyterTools> {
  const folder = environmentFolder(root);
  await ensureEnvironment(folder, env, options);
  await installPackage(folder, tool.package, requirementsFile(root), env);
  const note: Installed = { requirements: fingerprint(root), interpreter: interpreterOf(folder)! };
  writeFileAtomic(noteFile(root, tool), JSON.stringify(note));
  return describe(root, tool);
}

/** The version of a tool that `requirements.txt` names. */
export function pinnedVersion(root: string, tool: Tool): string {
  const pin = new RegExp(`^${tool.package}==(\\S+)$`, "m").exec(readFileSync(requirementsFile(root), "utf8"));
  if (!pin) throw new Error(`requirements.txt has no line ${tool.package}==VERSION`);
  return pin[1]!;
}

function describe(root: string, tool: Tool): JupyterTools {
  const folder = environmentFolder(root);
  return {
    command: environmentPython(folder),
    args: moduleArguments(tool.package),
    version: pinnedVersion(root, tool),
    origin: "project",
    prefix: folder,
  };
}

function environmentFolder(root: string): string {
  return join(root, ".venv");
}

function noteFile(root: string, tool: Tool): string {
  return join(environmentFolder(root), `insiders-${tool.package}.json`);
}
