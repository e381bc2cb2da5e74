import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, relative, resolve, sep } from "node:path";
import { withDatabase } from "./database.js";
import { InputError } from "./errors.js";
import { projectFolder } from "./project.js";
import { readSourceFile } from "./read-file.js";
import { openParquet, openText } from "./source-rows.js";

/** The file an analysis reads. */
export interface Source {
  /** Absolute. */
  path: string;
  /** The file's own name. */
  name: string;
  /** What named it: the `source` argument, INSIDERS_SOURCE, the one file in data/raw, or nothing. */
  origin: "argument" | "environment" | "data/raw" | "sample";
  /** The file is one of the project's invented samples: its figures say nothing about a shop. */
  isSynthetic: boolean;
}

/** A source whose file was found readable. */
export interface InspectedSource extends Source {
  /** Size and SHA-256 of the file as it is stored. */
  bytes: number;
  sha256: string;
}

export interface SourceOptions {
  /** The project folder, from which relative names start. */
  root?: string;
  env?: NodeJS.ProcessEnv;
}

const RAW = "data/raw";
const SAMPLES = "data/sample";
const SAMPLE = `${SAMPLES}/online-retail-sample.csv`;
const READABLE = /\.(csv|tsv|txt)(\.gz)?$|\.parquet$/i;
const UNREADABLE = /\.(xlsx?|ods|zip|7z)$/i;

/**
 * Which file to analyse: the one named, else the one INSIDERS_SOURCE names, else the one data file in data/raw,
 * else the bundled sample. A named file need not exist; reading it will tell.
 * @param source - path of a file, or "" for none.
 * @throws InputError when data/raw leaves it open which file is meant.
 */
export function resolveSource(source: string, options: SourceOptions = {}): Source {
  const root = options.root ?? projectFolder;
  const env = options.env ?? process.env;
  const named = (path: string, origin: Source["origin"]): Source => {
    const absolute = resolve(root, path);
    const isSynthetic = absolute.startsWith(resolve(root, SAMPLES) + sep);
    return { path: absolute, name: basename(absolute), origin, isSynthetic };
  };
  if (source.trim() !== "") return named(source.trim(), "argument");
  const fromEnvironment = env.INSIDERS_SOURCE?.trim() ?? "";
  if (fromEnvironment !== "") return named(fromEnvironment, "environment");
  const raw = onlyRawFile(root);
  if (raw !== null) return named(raw, "data/raw");
  if (existsSync(resolve(root, SAMPLE))) return named(SAMPLE, "sample");
  throw new InputError(
    `there is no data: put a file into ${RAW}, name one with --source, or run npm run sample`,
  );
}

/**
 * Which file to analyse, after a look at it: so that a run of many notebooks stops before it starts.
 * @throws InputError when the file is missing, unreadable, empty, damaged, of a kind that is not read, or without a
 * needed column.
 */
export async function inspectSource(source: string, options: SourceOptions = {}): Promise<InspectedSource> {
  const resolved = resolveSource(source, options);
  const file = await readSourceFile(resolved.path);
  if (file.kind === "text") openText(file);
  else await withDatabase((db) => openParquet(db, file));
  return { ...resolved, bytes: file.bytes, sha256: file.sha256 };
}

/** Whether a file's content is that of one of the project's invented samples. @param sha256 - of the file as it is stored. */
export function isSample(sha256: string, root: string = projectFolder): boolean {
  const folder = resolve(root, SAMPLES);
  if (!existsSync(folder)) return false;
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.some(({ name }) => {
    const content = readFileSync(resolve(folder, name));
    return createHash("sha256").update(content).digest("hex") === sha256;
  });
}

function onlyRawFile(root: string): string | null {
  const folder = resolve(root, RAW);
  if (!existsSync(folder)) return null;
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !/^(\.|readme)/i.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const readable = names.filter((name) => READABLE.test(name));
  if (readable.length > 1)
    throw new InputError(
      `${RAW} holds ${readable.length} data files (${readable.join(", ")}): name one with --source`,
    );
  if (readable[0] !== undefined) return relative(root, resolve(folder, readable[0]));
  const unreadable = names.find((name) => UNREADABLE.test(name));
  if (unreadable === undefined) return null;
  throw new InputError(
    `${RAW} holds ${unreadable}, which is not CSV, TSV or Parquet: save it as CSV beside it`,
  );
}
