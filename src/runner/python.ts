import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Environment, findProgram, run } from "./processes.js";

/** The oldest Python that the pinned packages run on. */
const OLDEST: readonly [number, number] = [3, 9];

/** Isolated: neither PYTHONPATH nor the current folder nor the user's own packages get in between. */
const ISOLATED = "-I";

/** Prints the version and whether a complete virtual environment can be made. */
const DESCRIBE = [
  "import importlib.util, sys",
  "found = all(importlib.util.find_spec(name) for name in ('venv', 'ensurepip'))",
  "print(sys.version_info[0], sys.version_info[1], found)",
].join("\n");

const INSTALL_PYTHON =
  "install Python 3.9 or newer with venv (Debian, Ubuntu: apt install python3 python3-venv) or name one with PYTHON=...";

/** The Python of a virtual environment. */
export function environmentPython(folder: string): string {
  return join(folder, "bin", "python");
}

/** Which interpreter an environment was made with; undefined where that one, or the environment, is gone. */
export function interpreterOf(folder: string): string | undefined {
  const python = environmentPython(folder);
  return existsSync(python) ? realpathSync(python) : undefined;
}

/** The arguments with which Python runs a module. */
export function moduleArguments(module: string): string[] {
  return [ISOLATED, "-m", module];
}

/**
 * Makes sure that a virtual environment is there and works. One that works is kept with all it holds.
 * @param options.rebuild - make it anew whatever is there.
 * @throws Error that says what to install.
 */
export async function ensureEnvironment(
  folder: string,
  env: Environment,
  options: { rebuild: boolean },
): Promise<void> {
  if (!options.rebuild && (await hasPip(folder, env))) return;
  const python = await findPython(env);
  rmSync(folder, { recursive: true, force: true });
  const { code, stdout, stderr } = await run(python, [...moduleArguments("venv"), folder], env);
  if (code !== 0)
    throw new Error(`${python} could not make ${folder} (${lastLine(stderr || stdout)}): ${INSTALL_PYTHON}`);
}

/**
 * Installs one package into an environment.
 * @param constraints - file with the version of this package and of all it needs.
 * @throws Error that says why it could not be installed.
 */
export async function installPackage(
  folder: string,
  name: string,
  constraints: string,
  env: Environment,
): Promise<void> {
  const args = [
    "install",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
    "--constraint",
    constraints,
  ];
  const pip = [...moduleArguments("pip"), ...args, name];
  const { code, stdout, stderr } = await run(environmentPython(folder), pip, withShortWaits(env));
  if (code !== 0) throw new Error(describePipFailure(stderr || stdout));
}

async function hasPip(folder: string, env: Environment): Promise<boolean> {
  const python = environmentPython(folder);
  if (!existsSync(python)) return false;
  return (await run(python, [...moduleArguments("pip"), "--version"], env)).code === 0;
}

/** The first Python that is new enough and can make a virtual environment. */
async function findPython(env: Environment): Promise<string> {
  const names = env["PYTHON"] ? [env["PYTHON"]] : ["python3", "python"];
  const objections: string[] = [];
  for (const name of names) {
    const command = findProgram(name, env);
    if (!command) continue;
    const objection = await objectionTo(command, env);
    if (!objection) return command;
    objections.push(`${name} ${objection}`);
  }
  const problem = objections.join(", ") || `${names.join(" or ")} was not found`;
  throw new Error(`${problem}: ${INSTALL_PYTHON}`);
}

async function objectionTo(command: string, env: Environment): Promise<string | undefined> {
  const { code, stdout, stderr } = await run(command, [ISOLATED, "-c", DESCRIBE], env);
  if (code !== 0) return `does not run (${lastLine(stderr || stdout)})`;
  const [major, minor, isComplete] = stdout.trim().split(" ");
  if (Number(major) !== OLDEST[0] || Number(minor) < OLDEST[1]) return `is ${major}.${minor}`;
  return isComplete === "True" ? undefined : "comes without venv or ensurepip";
}

/** An index that does not answer is given up within seconds, unless the user has set other limits. */
function withShortWaits(env: Environment): Environment {
  const defaults: Environment = {};
  if (!env["PIP_TIMEOUT"] && !env["PIP_DEFAULT_TIMEOUT"]) defaults["PIP_DEFAULT_TIMEOUT"] = "10";
  if (!env["PIP_RETRIES"]) defaults["PIP_RETRIES"] = "1";
  return { ...env, ...defaults };
}

function describePipFailure(output: string): string {
  if (/connection broken by|Could not fetch URL/.test(output))
    return "the Python package index could not be reached: connect, or name a mirror with PIP_INDEX_URL";
  const complaint = output.split("\n").find((line) => line.startsWith("ERROR: "));
  return `pip failed (${complaint?.slice("ERROR: ".length) ?? lastLine(output)})`;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)!.trim() || "no message";
}
