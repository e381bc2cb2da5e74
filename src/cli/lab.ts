import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { type PrepareOptions, prepareJupyterLab } from "../runner/jupyter.js";
import { installKernelspec, jupyterPath, KERNEL_NAME } from "../runner/kernelspec.js";
import { exitCode, forwardSignals } from "../runner/processes.js";

/** Options by which Jupyter would listen to other machines. */
const LISTENING = /^--(ip|ServerApp\.ip|NotebookApp\.ip)(=|$)/;

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
  const path = [jupyterPath(lab.prefix), env["JUPYTER_PATH"]].filter(Boolean).join(delimiter);
  const child = spawn(lab.command, [...lab.args, ...labArguments(root), ...args], {
    cwd: root,
    env: { ...env, JUPYTER_PATH: path },
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

/**
 * Besides the folder and the kernel: no questions about news and no look-ups of newer versions, as the
 * version is pinned; no check whether JupyterLab could be rebuilt, as that runs a CommonJS file, which
 * fails within a package of ES modules.
 */
function labArguments(root: string): string[] {
  return [
    `--ServerApp.root_dir=${root}`,
    "--ServerApp.ip=127.0.0.1",
    "--LabApp.default_url=/lab/tree/notebooks",
    `--MultiKernelManager.default_kernel_name=${KERNEL_NAME}`,
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    '--ServerApp.tornado_settings={"page_config_data": {"buildCheck": False, "buildAvailable": False}}',
  ];
}
