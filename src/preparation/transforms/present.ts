/**
 * The values a fit is about: those that are not NaN, -0 as 0.
 * @param who - the fit, for messages.
 * @throws RangeError when none is left, or one is infinite.
 */
export function presentValues(who: string, values: ArrayLike<number>): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (!Number.isFinite(value)) throw new RangeError(`${who} needs finite values, got ${value} (row ${i})`);
    present[count++] = value + 0;
  }
  if (count === 0) throw new RangeError(`${who} needs a value, got none (${values.length} missing)`);
  return present.subarray(0, count);
}

/** Whether all values are the same. */
export function areEqual(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
