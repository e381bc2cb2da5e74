import type { RunFailure } from "../runner/execute.js";
import type { StopState } from "./signals.js";

/** The code with which papermill ends when a kernel died. */
const KERNEL_DIED = 138;

/** An error that decides with which code the program ends. */
export class ExitError extends Error {
  override name = "ExitError";
  readonly exitCode: number;

  constructor(message: string, exitCode: number, cause?: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/** The code with which a program ends: that of the signal that stopped it, 138 for a dead kernel, else 1. */
export function failureExitCode(
  failures: readonly Pick<RunFailure, "kind">[],
  signals: Pick<StopState, "received" | "exitCode">,
): number {
  if (signals.received) return signals.exitCode();
  return failures.some(({ kind }) => kind === "kernel-died") ? KERNEL_DIED : 1;
}
