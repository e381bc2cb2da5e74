import { statSync } from "node:fs";
import { basename, resolve } from "node:path";

/** @throws Error when a file to write is one of those that are read. */
export function requireOtherFile(target: string, inputs: readonly (string | undefined)[]): void {
  if (inputs.some((input) => input !== undefined && isSameFile(input, target)))
    throw new Error(`${target} is a file that is read: name another one to write`);
}

function isSameFile(a: string, b: string): boolean {
  try {
    const [one, other] = [statSync(a), statSync(b)];
    return one.dev === other.dev && one.ino === other.ino;
  } catch {
    // One of them is not there: what is in the way of reading or writing it is said then.
    return resolve(a) === resolve(b);
  }
}

/** The name of a table's file without its folder and endings. */
export function baseName(path: string): string {
  return basename(path).replace(/(\.(csv|tsv|txt|tab|dat|parquet|pq))?(\.gz)?$/i, "") || "table";
}
