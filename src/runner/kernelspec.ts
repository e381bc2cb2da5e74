import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeFileAtomic } from "./files.js";

/** The name by which notebooks ask for the kernel. */
export const KERNEL_NAME = "tslab";

/** tslab's name for its JavaScript kernel. */
const JAVASCRIPT_KERNEL_NAME = "jslab";

/** How a kernel is started and interrupted, as Jupyter describes it. */
export interface KernelSpec {
  /** Command and arguments; `{connection_file}` stands for the path of the connection file. */
  argv: string[];
  display_name: string;
  language: string;
  /** By a signal to the process, or by a message on its control channel. */
  interrupt_mode: "signal" | "message";
  env?: Record<string, string>;
  metadata?: Record<string, unknown>;
}

const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The kernel of a name. `tslab` and `jslab` are always the launcher of this package, whatever else is installed
 * under these names; any other is looked up where Jupyter keeps its kernels.
 * @throws Error in one line that lists the kernels there are.
 */
export function findKernel(name: string): KernelSpec {
  if (name === KERNEL_NAME) return describeKernel(packageRoot);
  if (name === JAVASCRIPT_KERNEL_NAME) return describeJavaScriptKernel(packageRoot);
  for (const folder of kernelFolders()) {
    const path = join(folder, name, "kernel.json");
    if (!existsSync(path)) continue;
    const spec = JSON.parse(readFileSync(path, "utf8")) as KernelSpec;
    const python = join(folder, "..", "..", "..", "bin", "python");
    const [command, ...args] = spec.argv;
    const isPlainPython = /^python[\d.]*$/.test(command ?? "") && existsSync(python);
    return { ...spec, argv: [isPlainPython ? python : command!, ...args] };
  }
  throw new Error(`there is no kernel "${name}": name one of ${kernelNames().join(", ")}`);
}

/**
 * How a kernel of this project is started; `{connection_file}` is for the starter to fill in.
 * The launcher is an ES module that loads others through `require`: the warning about that stays silent. Node takes
 * a callback that was stopped half way for a fault of its own and aborts, unless it is told not to check.
 */
export function kernelArgv(root: string): string[] {
  const launcher = join(root, "dist", "runner", "launcher.js");
  return [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    "--no-force-async-hooks-checks",
    launcher,
    "--config-path={connection_file}",
  ];
}

/** The folder of a prefix that holds what Jupyter looks for; an entry of `JUPYTER_PATH`. */
export function jupyterPath(prefix: string): string {
  return join(prefix, "share", "jupyter");
}

/**
 * Registers the kernel of this project, bound to this Node and this folder. Writes only what has changed.
 * @param prefix - a Python environment, or another folder that `JUPYTER_PATH` names.
 */
export function installKernelspec(root: string, prefix: string): void {
  const path = join(jupyterPath(prefix), "kernels", KERNEL_NAME, "kernel.json");
  const content = `${JSON.stringify(describeKernel(root), null, 2)}\n`;
  if (!existsSync(path) || readFileSync(path, "utf8") !== content) writeFileAtomic(path, content);
}

function describeKernel(root: string): KernelSpec {
  return {
    argv: kernelArgv(root),
    display_name: "TypeScript (Insiders)",
    language: "typescript",
    // The launcher listens for it beside the cell that runs, so that nothing a cell does can hold it up.
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

function describeJavaScriptKernel(root: string): KernelSpec {
  return {
    ...describeKernel(root),
    argv: [...kernelArgv(root), "--js"],
    display_name: "JavaScript (Insiders)",
    language: "javascript",
  };
}

function kernelNames(): string[] {
  const found = kernelFolders().flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  return [...new Set([KERNEL_NAME, JAVASCRIPT_KERNEL_NAME, ...found])].sort();
}

/** @see https://docs.jupyter.org/en/stable/use/jupyter-directories.html */
function kernelFolders(): string[] {
  const user =
    process.env["JUPYTER_DATA_DIR"] ??
    (process.platform === "darwin"
      ? join(homedir(), "Library", "Jupyter")
      : join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "jupyter"));
  return [
    ...(process.env["JUPYTER_PATH"] ?? "").split(delimiter).filter((folder) => folder !== ""),
    user,
    jupyterPath(join(packageRoot, ".venv")),
    "/usr/local/share/jupyter",
    "/usr/share/jupyter",
  ].map((folder) => join(folder, "kernels"));
}
