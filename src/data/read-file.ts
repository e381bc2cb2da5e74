import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InputError } from "./errors.js";
import { describeForeign, isGzip, isParquet } from "./file-kinds.js";

/** No gzip file is smaller than its content by more. */
const BEST_RATIO = 1032;

/** A source file whose content can be analysed. */
export interface SourceFile {
  path: string;
  /** The file's own name, fit for messages and reports. */
  name: string;
  kind: "text" | "parquet";
  /** Size and SHA-256 of the file as it is stored. */
  bytes: number;
  sha256: string;
  /** The content, unpacked. */
  content: Buffer;
}

/**
 * Reads a file whole; what is packed is unpacked by another thread, so that this one is free meanwhile.
 * @throws InputError when it is missing, unreadable, empty, damaged or of another kind.
 */
export async function readSourceFile(path: string): Promise<SourceFile> {
  const stored = readRegularFile(path);
  const name = basename(path);
  if (stored.length === 0) throw new InputError(`${name} is empty (0 bytes): name another file`);
  const unpacked = isGzip(stored) ? unpack(stored, name) : stored;
  const sha256 = createHash("sha256").update(stored).digest("hex");
  const content = await unpacked;
  if (content.length === 0) throw new InputError(`${name} holds nothing once unpacked: name another file`);
  const kind = isParquet(stored) ? "parquet" : "text";
  const foreign = kind === "text" ? describeForeign(content) : null;
  if (foreign !== null)
    throw new InputError(`${name} is ${foreign.kind}, not a table of text: ${foreign.advice}`);
  return { path, name, kind, bytes: stored.length, sha256, content };
}

/** A pipe or a device may never come to an end, so only what has one is read. */
function readRegularFile(path: string): Buffer {
  try {
    const kind = statSync(path);
    if (kind.isFile() || kind.isDirectory()) return readFileSync(path);
  } catch (cause) {
    throw new InputError(explain(path, cause as NodeJS.ErrnoException), { cause });
  }
  throw new InputError(`${path} is a pipe or a device: save what it gives as a file and name that`);
}

async function unpack(stored: Buffer, name: string): Promise<Buffer> {
  return promisify(gunzip)(stored, { chunkSize: statedSize(stored) + 1 }).catch(
    (cause: NodeJS.ErrnoException) => {
      const what =
        cause.code === "Z_BUF_ERROR" ? "is cut off: the gzip stream ends early" : "is damaged gzip";
      throw new InputError(`${name} ${what} (${cause.message}): download or copy it again`, { cause });
    },
  );
}

/** The size of a gzip file once unpacked, as its end states it: room for all at once saves putting pieces together. */
function statedSize(stored: Buffer): number {
  const stated = stored.length < 4 ? 0 : stored.readUInt32LE(stored.length - 4);
  return Math.min(Math.max(stated, 1 << 16), stored.length * BEST_RATIO);
}

function explain(path: string, cause: NodeJS.ErrnoException): string {
  switch (cause.code) {
    case "ENOENT":
    case "ENOTDIR":
      return `there is no file ${path}: check the name, or put the file in data/raw`;
    case "EISDIR":
      return `${path} is a folder: name a CSV, TSV or Parquet file in it`;
    case "EACCES":
    case "EPERM":
      return `${path} may not be read by this user: change its permissions`;
    case "ERR_FS_FILE_TOO_LARGE":
      return `${path} is larger than 2 GB: split it, or convert it to Parquet and drop columns not needed`;
    default:
      return `${path} cannot be read (${cause.code ?? cause.message})`;
  }
}
