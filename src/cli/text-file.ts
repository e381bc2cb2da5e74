import { closeSync, openSync, writeFileSync } from "node:fs";
import { STDIO } from "../runner/notebook-file.js";

/** Where text goes while a run goes on; what is in the way does not end the run, it is told at its end. */
export interface TextFile {
  write: (text: string) => void;
  /** Waits until all is written. @returns what went wrong, in one line. */
  close: () => Promise<string | undefined>;
}

/**
 * A file for text, or one of the standard streams.
 * @param path - a file, `-` for `standard`; without one the text goes nowhere.
 * @throws Error in one line when the file cannot be written.
 */
export function openTextFile(path: string | undefined, standard: NodeJS.WritableStream): TextFile {
  if (path === undefined) return { write: () => {}, close: async () => undefined };
  return path === STDIO ? onStream(standard) : onDisk(path);
}

/** A pipe takes what its reader has room for; the stream keeps the rest, which a write to its descriptor would lose. */
function onStream(stream: NodeJS.WritableStream): TextFile {
  let problem: string | undefined;
  const note = (error?: Error | null): void => {
    // A reader who leaves early has read what he wanted, and what is written after that is destroyed.
    const { code } = (error ?? {}) as NodeJS.ErrnoException;
    if (code !== undefined && code !== "EPIPE" && code !== "ERR_STREAM_DESTROYED")
      problem ??= explain(STDIO, error);
  };
  return {
    write: (text) => void stream.write(text, note),
    close: async () => {
      await new Promise<void>((done) => stream.write("", () => done()));
      return problem;
    },
  };
}

function onDisk(path: string): TextFile {
  let problem: string | undefined;
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (cause) {
      problem ??= explain(path, cause);
    }
  };
  let file: number;
  try {
    file = openSync(path, "w");
  } catch (cause) {
    throw new Error(explain(path, cause), { cause });
  }
  return {
    write: (text) => {
      // After a failed write more text would leave a gap.
      if (problem === undefined) attempt(() => writeFileSync(file, text));
    },
    close: async () => {
      attempt(() => closeSync(file));
      return problem;
    },
  };
}

function explain(path: string, cause: unknown): string {
  return `${path} cannot be written (${(cause as NodeJS.ErrnoException).code})`;
}
