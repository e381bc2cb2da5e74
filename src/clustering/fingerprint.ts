import { createHash } from "node:crypto";

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
