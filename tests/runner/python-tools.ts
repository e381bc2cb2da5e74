import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeFileAtomic } from "#src/runner/files.js";
import { withLock } from "#src/runner/lock.js";
import { ensureEnvironment, environmentPython, installPackage, interpreterOf } from "#src/runner/python.js";
import { root } from "../structure/support.js";

/** A Python that has what was asked for, or why there is none. */
export type PythonTools =
  | { python: string; prefix: string; missing?: undefined }
  | { missing: string; python?: undefined; prefix?: undefined };

/**
 * A virtual environment in `build/` with the packages of a requirements file, made at the first call and kept.
 * Versions that the file leaves open are those of the project's own `requirements.txt`.
 * @param name - of the folder in `build/`.
 * @param requirements - path from the top of the checkout.
 */
export async function preparePython(name: string, requirements: string): Promise<PythonTools> {
  const folder = join(root, "build", name);
  const file = join(root, requirements);
  const pins = join(root, "requirements.txt");
  const stamp = join(folder, "insiders-stamp");
  const tools = { python: environmentPython(folder), prefix: folder };
  const isReady = (): boolean =>
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === `${fingerprint([pins, file])} ${interpreterOf(folder)}`;
  if (isReady()) return tools;
  const install = async (): Promise<PythonTools> => {
    if (isReady()) return tools;
    // Made anew: packages of an earlier file would stay beside those of this one.
    await ensureEnvironment(folder, process.env, { rebuild: true });
    await installPackage(folder, `--requirement=${file}`, pins, process.env);
    writeFileAtomic(stamp, `${fingerprint([pins, file])} ${interpreterOf(folder)}`);
    return tools;
  };
  try {
    return await withLock(`${folder}.lock`, install, () => {});
  } catch (error) {
    return { missing: `${requirements}: ${(error as Error).message}` };
  }
}

/** Changes with the files and with those they include. */
function fingerprint(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    hash.update(text);
    const included = [...text.matchAll(/^-r (.+)$/gm)].map((match) => join(dirname(file), match[1]!));
    if (included.length > 0) hash.update(fingerprint(included));
  }
  return hash.digest("hex");
}
