import { createHash } from "node:crypto";
import type { Points } from "../preparation/prepared-table.js";

/**
 * Which customers a model was fitted to, to the last bit of their points: SHA-256 over ids, names of the columns and
 * the matrix's bytes, row by row, the least significant byte of a number first.
 * @throws RangeError when ids or names are not as many as rows or columns.
 */
export function fingerprintTraining({ ids, names, X }: Points): string {
  if (ids.length !== X.rows || names.length !== X.columns)
    throw new RangeError(
      `a fingerprint needs an id a row and a name a column, got ${ids.length} and ${names.length} for ${X.rows} x ${X.columns}`,
    );
  const bytes = new DataView(new ArrayBuffer(8 * X.data.length));
  X.data.forEach((value, i) => {
    bytes.setFloat64(8 * i, value, true);
  });
  return createHash("sha256")
    .update(`insiders-training/1\n${JSON.stringify({ ids, names })}\n`)
    .update(new Uint8Array(bytes.buffer))
    .digest("hex");
}
