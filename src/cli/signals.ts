import { constants } from "node:os";

/** What a process that a signal may stop knows about it. */
export interface StopState {
  readonly received: NodeJS.Signals | null;
  /** 128 plus the number of the signal, as a shell says it. */
  exitCode(): number;
}

/** Ctrl-C and a scheduler's stop end the running cell, and with it the run; what is finished stays. */
export function stopOnSignals(stop: AbortController, onSignal: (signal: NodeJS.Signals) => void): StopState {
  let received: NodeJS.Signals | null = null;
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      received = signal;
      onSignal(signal);
      stop.abort(signal);
    });
  return {
    get received() {
      return received;
    },
    exitCode: () => 128 + (received === null ? 0 : constants.signals[received]),
  };
}
