import { constants } from "node:os";

/** What a process that a signal may stop knows about it. */
export interface StopState {
  readonly received: NodeJS.Signals | null;
  /** 128 plus the number of the signal, as a shell says it. */
  exitCode(): number;
}

/**
 * Ctrl-C, a scheduler's stop and a closed terminal end the running cell, and with it the run; what is finished stays.
 * Who asks twice does not want to wait for that.
 */
export function stopOnSignals(stop: AbortController, onSignal: (signal: NodeJS.Signals) => void): StopState {
  let received: NodeJS.Signals | null = null;
  const exitCode = (): number => 128 + (received === null ? 0 : constants.signals[received]);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (received) process.exit(exitCode());
      received = signal;
      onSignal(signal);
      stop.abort(signal);
    });
  return {
    get received() {
      return received;
    },
    exitCode,
  };
}
