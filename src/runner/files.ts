import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const CHUNK = 1 << 20;

/**
 * Writes a whole file under a temporary name and renames it, so that a reader never sees half of it.
 * @param content - the file, or its parts in order.
 * @throws Error that names the file and what is in the way.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array | readonly string[]): void {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = openNew(temporary);
    try {
      for (const chunk of chunks(content)) writeFileSync(file, chunk);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (cause) {
    removeIfThere(temporary);
    throw new Error(`${path} cannot be written (${explainFileError(cause as NodeJS.ErrnoException)})`, {
      cause,
    });
  }
}

function openNew(path: string): number {
  try {
    return openSync(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, "wx");
  }
}

/** Small parts joined, so that each costs no write of its own; all together may be longer than a string can be. */
function* chunks(content: string | Uint8Array | readonly string[]): Generator<string | Uint8Array> {
  if (typeof content === "string" || content instanceof Uint8Array) return yield content;
  let chunk = "";
  for (const part of content) {
    chunk += part;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

/** What keeps a file from being written, and what to do. */
export function explainFileError({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full: make room or name a folder elsewhere";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "this user may not write there: change the permissions or name another folder";
    case "EEXIST":
    case "ENOTDIR":
      return "a file stands where a folder is needed: name another folder";
    case "EISDIR":
      return "a folder stands in its place: name another file";
    default:
      return code ?? message;
  }
}

/** Where the folder itself is out of reach, there is nothing to remove. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}
