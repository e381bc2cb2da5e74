import type { Matrix } from "./matrix.js";

/** Refuses a matrix with gaps or infinities. @throws RangeError that names who asks and where the first one is. */
export function requireFinite(who: string, { columns, data }: Matrix): void {
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const place = `in row ${Math.floor(at / columns)}, column ${at % columns}`;
  throw new RangeError(`${who} needs finite values, got ${data[at]} ${place}`);
}
