import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { gunzip, type ZlibOptions } from "node:zlib";
import { InputError } from "./errors.js";
import { describeForeign, isGzip, isParquet } from "./file-kinds.js";

/** In larger pieces than Node would, which then cost less to join. */
const UNPACKED_AT_ONCE = 1 << 20;

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

/** Reads a file whole. @throws InputError when it is missing, unreadable, empty, damaged or of another kind. */
export async function readSourceFile(path: string): Promise<SourceFile> {
  const stored = await readRegularFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw cause instanceof InputError ? cause : new InputError(explain(path, cause), { cause });
  });
  const name = basename(path);
  if (stored.length === 0) throw new InputError(`${name} is empty (0 bytes): name another file`);
  const content = isGzip(stored) ? await unpack(stored, name) : stored;
  if (content.length === 0) throw new InputError(`${name} holds nothing once unpacked: name another file`);
  const kind = isParquet(stored) ? "parquet" : "text";
  const foreign = kind === "text" ? describeForeign(content) : null;
  if (foreign !== null)
    throw new InputError(`${name} is ${foreign.kind}, not a table of text: ${foreign.advice}`);
  const sha256 = createHash("sha256").update(stored).digest("hex");
  return { path, name, kind, bytes: stored.length, sha256, content };
}

/** A pipe or a device may never come to an end, so only what has one is read. */
async function readRegularFile(path: string): Promise<Buffer> {
  const kind = await stat(path);
  if (!kind.isFile() && !kind.isDirectory())
    throw new InputError(`${path} is a pipe or a device: save what it gives as a file and name that`);
  return readFile(path);
}

async function unpack(stored: Buffer, name: string): Promise<Buffer> {
  return promisify<Buffer, ZlibOptions, Buffer>(gunzip)(stored, { chunkSize: UNPACKED_AT_ONCE }).catch(
    (cause: NodeJS.ErrnoException) => {
      const what =
        cause.code === "Z_BUF_ERROR" ? "is cut off: the gzip stream ends early" : "is damaged gzip";
      throw new InputError(`${name} ${what} (${cause.message}): download or copy it again`, { cause });
    },
  );
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
