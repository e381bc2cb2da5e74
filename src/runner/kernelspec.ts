import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "./files.js";

/** The name by which notebooks ask for the kernel. */
export const KERNEL_NAME = "tslab";

/**
 * How a kernel of this project is started; `{connection_file}` is for the starter to fill in.
 * The launcher is an ES module that loads others through `require`: the warning about that stays silent.
 */
export function kernelArgv(root: string): string[] {
  const launcher = join(root, "dist", "runner", "launcher.js");
  return [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
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

function describeKernel(root: string): Record<string, unknown> {
  return {
    argv: kernelArgv(root),
    display_name: "TypeScript (Insiders)",
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { debugger: false },
  };
}
