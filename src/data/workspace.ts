import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { howToGet } from "./artifacts.js";
import { Checkpoint } from "./checkpoint.js";
import { type Database, sqlText } from "./database.js";
import { InputError } from "./errors.js";
import { projectFolder } from "./project.js";
import { replaceView, sqlFile } from "./tables.js";

/** How an artifact is stored; the last two are for readers outside, no cycle reads them. */
export type ArtifactKind = "parquet" | "json" | "csv" | "xlsx";

/**
 * The folder in which the cycles of a run hand over their results: tables as Parquet, the rest as JSON.
 * An artifact is written under another name and renamed, so a reader never sees half a file; the same content
 * gives the same bytes.
 */
export class Workspace {
  /** As it was named; messages repeat it. */
  readonly name: string;
  readonly folder: string;

  /** @param name - a folder; relative names start in the project folder, wherever the notebook runs. */
  constructor(name: string) {
    this.name = name;
    this.folder = resolve(projectFolder, name);
  }

  /** Where an artifact is or will be. */
  path(name: string, kind: ArtifactKind): string {
    if (!/^[a-z][a-z0-9_]*$/.test(name))
      throw new RangeError(`an artifact is named in lower case letters, digits and _, got "${name}"`);
    return join(this.folder, `${name}.${kind}`);
  }

  /**
   * Stores the rows of a query.
   * @param sql - a SELECT; its ORDER BY decides the order of the rows and with it the bytes of the file.
   */
  async writeTable(db: Database, name: string, sql: string): Promise<void> {
    await this.#write(this.path(name, "parquet"), (path) =>
      db.run(`COPY (${sql}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd)`),
    );
  }

  /**
   * Makes a stored table readable under its name.
   * @throws InputError when it is missing (and which notebook writes it) or damaged.
   */
  async readTable(db: Database, name: string): Promise<void> {
    const path = this.path(name, "parquet");
    if (!existsSync(path)) throw this.#missing(name);
    await replaceView(db, name, `SELECT * FROM read_parquet(${sqlFile(path)})`).catch((cause: unknown) => {
      throw this.#damaged(name, cause);
    });
  }

  /** Stores a value; typed arrays become lists. @throws RangeError for NaN and infinities, which JSON has not. */
  async writeJson(name: string, value: unknown): Promise<void> {
    await this.writeText(name, `${JSON.stringify(value, toJson, 2)}\n`);
  }

  /** Stores JSON that is text already, as it is. */
  async writeText(name: string, text: string): Promise<void> {
    await this.#write(this.path(name, "json"), (path) => writeFile(path, text));
  }

  /** Stores a file for readers outside: a list to be opened in a spreadsheet. */
  async writeFile(name: string, kind: "csv" | "xlsx", content: string | Uint8Array): Promise<void> {
    await this.#write(this.path(name, kind), (path) => writeFile(path, content));
  }

  /** @throws InputError when it is missing (and which notebook writes it) or damaged. */
  async readJson<T = unknown>(name: string): Promise<T> {
    const text = await readFile(this.path(name, "json"), "utf8").catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === "ENOENT" ? this.#missing(name) : cause;
    });
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw this.#damaged(name, cause);
    }
  }

  /** Results of long work towards an artifact, which a run that was killed goes on from. @param work - see Checkpoint. */
  checkpoint(name: string, work: string): Checkpoint {
    return new Checkpoint(
      join(this.folder, `.${basename(this.path(name, "json"), ".json")}.checkpoint`),
      work,
    );
  }

  async #write(path: string, write: (path: string) => Promise<void>): Promise<void> {
    await mkdir(this.folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
      throw new InputError(`${this.name} cannot be a workspace (${cause.code}): name another folder`, {
        cause,
      });
    });
    const temporary = join(this.folder, `.${randomUUID()}.tmp`);
    try {
      await write(temporary);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw this.#notStored(path, error) ?? error;
    }
  }

  /** DuckDB tells of a full disk and of a folder that is closed in the words of the system. */
  #notStored(path: string, cause: unknown): InputError | null {
    const words = /no space left|quota exceeded|permission denied|read-only file system/i;
    const reason = words.exec((cause as Error).message)?.[0].toLowerCase();
    if (reason === undefined) return null;
    const file = basename(path);
    return new InputError(`${file} cannot be written to ${this.name} (${reason}): name another folder`, {
      cause,
    });
  }

  #missing(name: string): InputError {
    return new InputError(`${name} is not in ${this.name}: ${howToGet(name)}`);
  }

  #damaged(name: string, cause: unknown): InputError {
    return new InputError(`${name} in ${this.name} is damaged: delete it, then ${howToGet(name)}`, {
      cause,
    });
  }
}

function toJson(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`JSON has no ${value} (in "${key}"): store null instead`);
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
}
