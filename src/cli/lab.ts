import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { writeFileAtomic } from "../runner/files.js";
import { type PrepareOptions, prepareJupyterLab } from "../runner/jupyter.js";
import { stateFolder } from "../runner/jupyter-tools.js";
import { installKernelspec, jupyterPath, KERNEL_NAME } from "../runner/kernelspec.js";
import { exitCode, forwardSignals } from "../runner/processes.js";

/** Options by which Jupyter would listen to other machines. */
const LISTENING = /^--(ip|ServerApp\.ip|NotebookApp\.ip)(=|$)/;

/**
 * The version is pinned: no questions about news, no look-ups of newer versions, and no check whether it
 * could be rebuilt, which runs a CommonJS file and so fails within a package of ES modules.
 */
const PAGE_SETTINGS = {
  buildAvailable: false,
  buildCheck: false,
  disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true },
};

/**
 * Opens JupyterLab on this project, with the kernel registered and `notebooks/` in view.
 * @param args - passed on to `jupyter lab`.
 * @returns the exit code of `jupyter lab`.
 * @throws Error that says in one line what is missing.
 */
export async function openLab(
  root: string,
  args: readonly string[],
  options: Partial<PrepareOptions> = {},
): Promise<number> {
  const listening = args.find((argument) => LISTENING.test(argument));
  if (listening)
    throw new Error(`${listening}: the lab listens on this machine only; reach it through an SSH tunnel`);
  const { onMessage = (line) => void process.stderr.write(`${line}\n`), env = process.env } = options;
  const lab = await prepareJupyterLab(root, { onMessage, env });
  installKernelspec(root, lab.prefix);
  const child = spawn(lab.command, [...lab.args, ...labArguments(root), ...args], {
    cwd: root,
    env: {
      ...env,
      JUPYTER_PATH: prepend(jupyterPath(lab.prefix), env["JUPYTER_PATH"]),
      JUPYTER_CONFIG_PATH: prepend(writePageSettings(root), env["JUPYTER_CONFIG_PATH"]),
    },
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to JupyterLab as well, which asks back; handed on, it would count twice.
  const isTerminal = process.stdin.isTTY === true;
  const keepWaiting = (): void => {};
  if (isTerminal) process.on("SIGINT", keepWaiting);
  const stopForwarding = forwardSignals(
    child,
    isTerminal ? ["SIGTERM", "SIGHUP"] : ["SIGINT", "SIGTERM", "SIGHUP"],
  );
  try {
    return await exitCode(child);
  } finally {
    stopForwarding();
    process.off("SIGINT", keepWaiting);
  }
}

function labArguments(root: string): string[] {
  return [
    `--ServerApp.root_dir=${root}`,
    "--ServerApp.ip=127.0.0.1",
    "--LabApp.default_url=/lab/tree/notebooks",
    `--MultiKernelManager.default_kernel_name=${KERNEL_NAME}`,
  ];
}

/** Puts the settings of the page where `JUPYTER_CONFIG_PATH` can name them. @returns that folder. */
function writePageSettings(root: string): string {
  const folder = join(stateFolder(root), "etc", "jupyter");
  writeFileAtomic(
    join(folder, "labconfig", "page_config.json"),
    `${JSON.stringify(PAGE_SETTINGS, null, 2)}\n`,
  );
  return folder;
}

/** Puts a folder before those that a variable already names. */
function prepend(folder: string, folders: string | undefined): string {
  return folders ? folder + delimiter + folders : folder;
}
