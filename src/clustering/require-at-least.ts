/** @throws RangeError unless the number is whole and at least `low`. */
export function requireAtLeast(who: string, what: string, value: number, low: number): void {
  if (!Number.isInteger(value) || value < low)
    throw new RangeError(`${who} needs whole ${what} from ${low}, got ${value}`);
}
