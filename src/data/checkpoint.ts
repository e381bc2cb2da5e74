import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Results of long work, kept on disk one by one, so that a run that was killed goes on where it stopped.
 *
 * A file of JSON lines: what the work is, then each result under its key. Results of other work are dropped when the
 * file is opened; a last line that was cut off is, too.
 */
export class Checkpoint {
  readonly #path: string;
  readonly #results = new Map<string, unknown>();

  /** @param work - tells this work from any other: its input, settings and program. */
  constructor(path: string, work: string) {
    this.#path = path;
    const head = JSON.stringify({ work });
    const [first, ...lines] = readLines(path);
    if (first === head) for (const [key, value] of lines.flatMap(parseResult)) this.#results.set(key, value);
    mkdirSync(dirname(path), { recursive: true });
    // Written anew, whole lines only: what is appended next must not follow half a line.
    const kept = [...this.#results].map((result) => JSON.stringify(result));
    const temporary = `${path}.tmp`;
    writeFileSync(temporary, `${[head, ...kept].join("\n")}\n`);
    renameSync(temporary, path);
  }

  /** Results at hand. */
  get size(): number {
    return this.#results.size;
  }

  /** The result of an earlier run or of this one; undefined when there is none. */
  get(key: string): unknown {
    return this.#results.get(key);
  }

  /** Keeps a result; it is on disk when this returns. @param value - JSON. */
  put(key: string, value: unknown): void {
    appendFileSync(this.#path, `${JSON.stringify([key, value])}\n`);
    this.#results.set(key, value);
  }

  /** Deletes the file: the work is done and stored elsewhere. */
  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** The result of a line, or nothing where the line is not whole. */
function parseResult(line: string): [string, unknown][] {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && value.length === 2 && typeof value[0] === "string"
      ? [value as [string, unknown]]
      : [];
  } catch {
    return [];
  }
}
