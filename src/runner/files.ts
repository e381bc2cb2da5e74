import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";

const CHUNK = 1 << 20;

/**
 * Writes a whole file under a temporary name and renames it, so that a reader never sees half of it. A link stays a
 * link, a file keeps its mode; what is no file, such as a pipe or a device, is written into.
 * @param content - the file, or its parts in order.
 * @throws Error that names the file and what is in the way.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array | readonly string[]): void {
  let temporary: string | undefined;
  try {
    if (isSpecialFile(path)) {
      writeInto(openSync(path, "w"), content);
      return;
    }
    const target = resolveLinks(path);
    const mode = writableMode(target);
    temporary = `${target}.${randomBytes(4).toString("hex")}.tmp`;
    writeInto(openNew(temporary), content);
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (cause) {
    if (temporary !== undefined) removeIfThere(temporary);
    throw new Error(`${path} cannot be written (${explainFileError(cause as NodeJS.ErrnoException)})`, {
      cause,
    });
  }
}

/** Whether something that is neither a file nor a folder stands under this name: a pipe, a device, a socket. */
export function isSpecialFile(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there !== undefined && !there.isFile() && !there.isDirectory();
}

/** The file that a chain of links leads to, whether it is there already or not. */
export function resolveLinks(path: string): string {
  let target = path;
  // A ring of links would have failed in `statSync` before.
  while (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink())
    target = resolve(dirname(target), readlinkSync(target));
  return target;
}

/** The mode of a file that is there. @throws Error when it must not be written. */
function writableMode(path: string): number | undefined {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined || !there.isFile()) return undefined;
  accessSync(path, constants.W_OK);
  return there.mode & 0o7777;
}

function writeInto(file: number, content: string | Uint8Array | readonly string[]): void {
  try {
    for (const chunk of chunks(content)) writeFileSync(file, chunk);
  } finally {
    closeSync(file);
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
