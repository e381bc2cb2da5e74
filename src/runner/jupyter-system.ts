import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "./files.js";
import { fingerprint, type JupyterTools, readNote, stateFolder, type Tool } from "./jupyter-tools.js";
import { type Environment, findProgram, run } from "./processes.js";

/** After a day the pinned tool is tried again. */
const RETRY_MS = 24 * 60 * 60 * 1000;

/** A tool of the system. */
export interface SystemTool {
  command: string;
  args: string[];
  version: string;
}

/** A tool of the system that stands in for the pinned one, and why. */
interface StandIn extends SystemTool {
  failure: string;
}

/** The note about it: when it was chosen, and under which circumstances. */
interface Remembered extends StandIn {
  since: number;
  circumstances: string;
}

/** The first program on the PATH that is this tool and new enough. */
export async function findOnSystem(tool: Tool, env: Environment): Promise<SystemTool | undefined> {
  for (const [name, ...args] of tool.programs) {
    const command = findProgram(name, env);
    if (!command) continue;
    const { code, stdout } = await run(command, [...args, "--version"], env);
    const version = /^\d+\.\S+/m.exec(stdout)?.[0];
    if (code === 0 && version && Number.parseInt(version, 10) >= tool.oldest)
      return { command, args, version };
  }
  return undefined;
}

/** Uses a tool of the system, says so, and saves later runs the wait for an index that does not answer. */
export function rememberSystemTool(
  root: string,
  tool: Tool,
  env: Environment,
  standIn: StandIn,
  onMessage: (line: string) => void,
): JupyterTools {
  const note: Remembered = { ...standIn, since: Date.now(), circumstances: circumstances(root, env) };
  writeFileAtomic(noteFile(root, tool), JSON.stringify(note));
  return use(root, tool, standIn, onMessage);
}

/** The tool of the system chosen by a recent run under the same circumstances, if it is still there. */
export function recallSystemTool(
  root: string,
  tool: Tool,
  env: Environment,
  onMessage: (line: string) => void,
): JupyterTools | undefined {
  const note = readNote<Remembered>(noteFile(root, tool)) as Remembered | undefined;
  const isValid =
    note !== undefined &&
    Date.now() - note.since < RETRY_MS &&
    note.circumstances === circumstances(root, env) &&
    existsSync(note.command);
  return isValid ? use(root, tool, note, onMessage) : undefined;
}

function use(
  root: string,
  tool: Tool,
  { command, args, version, failure }: StandIn,
  onMessage: (line: string) => void,
): JupyterTools {
  onMessage(
    `using this system's ${tool.package} ${version} (${command}), because ${failure}; ` +
      "tried again after a day, or when .jupyter is deleted",
  );
  return { command, args, version, origin: "system", prefix: stateFolder(root) };
}

/** Changes with whatever may help after all: other pins, another Python, mirror or proxy. */
function circumstances(root: string, env: Environment): string {
  const settings = Object.entries(env).filter(([name]) => /^pip_|_proxy$|^python$/i.test(name));
  return fingerprint(root, JSON.stringify(settings.sort()));
}

function noteFile(root: string, tool: Tool): string {
  return join(stateFolder(root), `system-${tool.package}.json`);
}
