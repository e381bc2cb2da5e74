import { createHash } from "node:crypto";
import type { Matrix } from "../math/matrix.js";

/**
 * A short text that two labellings share when they group the same rows alike, whatever numbers name the groups: to
 * notice that a model fitted again is the same.
 * @param labels - of each row, -1 for noise.
 * @returns 16 hexadecimal digits of a SHA-256.
 */
export function labelsFingerprint(labels: ArrayLike<number>): string {
  const names = new Map<number, number>([[-1, -1]]);
  const renamed = Int32Array.from({ length: labels.length }, (_, i) => {
    const label = labels[i]!;
    if (!names.has(label)) names.set(label, names.size - 1);
    return names.get(label)!;
  });
  return createHash("sha256").update(renamed).digest("hex").slice(0, 16);
}

/** A short text that is another one when any number of any space, or any setting, is another one. */
export function sweepFingerprint(spaces: ReadonlyMap<string, Matrix>, settings: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const [name, { rows, columns, data }] of spaces)
    hash.update(JSON.stringify([name, rows, columns])).update(data);
  return hash.digest("hex").slice(0, 16);
}
