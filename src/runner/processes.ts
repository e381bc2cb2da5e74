import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants as files, statSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, resolve } from "node:path";

/** How a program ended and what it wrote. */
export interface Finished {
  /** Its exit code; 127 when it could not be started, 128 + n when signal n ended it. */
  code: number;
  stdout: string;
  stderr: string;
}

/** The variables a program sees. */
export type Environment = Record<string, string | undefined>;

/** Runs a program to its end, without a shell. A signal meant to end this process ends the program first. */
export async function run(command: string, args: readonly string[], env: Environment): Promise<Finished> {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const stopForwarding = forwardSignals(child, ["SIGTERM", "SIGHUP"]);
  try {
    return { code: await exitCode(child), stdout: stdout.join(""), stderr: stderr.join("") };
  } catch (error) {
    return { code: 127, stdout: "", stderr: (error as Error).message };
  } finally {
    const signal = stopForwarding();
    if (signal) process.kill(process.pid, signal);
  }
}

function collect(stream: NodeJS.ReadableStream): string[] {
  const parts: string[] = [];
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => parts.push(text));
  return parts;
}

/**
 * The exit code of a program once it has ended and all its output has arrived.
 * @throws Error when it could not be started.
 */
export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code, signal) => done(code ?? 128 + constants.signals[signal!]));
  });
}

/**
 * Hands signals on to a program instead of letting them end this process.
 * @returns what stops that, and says which signal came last.
 */
export function forwardSignals(
  child: ChildProcess,
  signals: readonly NodeJS.Signals[],
): () => NodeJS.Signals | undefined {
  let received: NodeJS.Signals | undefined;
  const forward = (signal: NodeJS.Signals): void => {
    received = signal;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
    return received;
  };
}

/** Where a program is: the file itself for a name with a slash, otherwise the first one on the PATH. */
export function findProgram(name: string, env: Environment): string | undefined {
  if (name.includes("/")) return isProgram(name) ? name : undefined;
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => resolve(folder, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, files.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
