import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** SHA-256 by the name of an artifact. */
export type ArtifactHashes = Record<string, string>;

/** The artifacts of a workspace: an artifact is the file of its name, whatever the ending. */
export class Artifacts {
  readonly #folder: string;
  readonly #hashes = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether the workspace holds an artifact. */
  has(name: string): boolean {
    return this.#files(name).length > 0;
  }

  /** The hashes of those that are there. */
  async hash(names: readonly string[]): Promise<ArtifactHashes> {
    const hashes: ArtifactHashes = {};
    for (const name of names.toSorted()) {
      const files = await Promise.all(this.#files(name).map((file) => this.#hashFile(file)));
      if (files.length > 0)
        hashes[name] =
          files.length === 1 ? files[0]! : createHash("sha256").update(files.join()).digest("hex");
    }
    return hashes;
  }

  #files(name: string): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder, { withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && (entry.name === name || entry.name.replace(/\.[^.]+$/, "") === name),
      )
      .map((entry) => join(this.#folder, entry.name))
      .sort();
  }

  /** A file that looks the same from outside is not read again. */
  async #hashFile(path: string): Promise<string> {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    const look = [path, ino, size, mtimeNs, ctimeNs].join("|");
    const known = this.#hashes.get(look);
    if (known !== undefined) return known;
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    const hex = hash.digest("hex");
    this.#hashes.set(look, hex);
    return hex;
  }
}
