/** A place in a model's content, for messages: `space.state.mean`. */
type Place = string;

/** The object at a place. @throws RangeError when it is none. */
export function recordAt(value: unknown, at: Place): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new RangeError(`${at} is an object, got ${show(value)}`);
}

/** The list at a place. @throws RangeError when it is none. */
export function listAt(value: unknown, at: Place): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RangeError(`${at} is a list, got ${show(value)}`);
}

/** The text at a place. @throws RangeError when it is none, or empty. */
export function textAt(value: unknown, at: Place): string {
  if (typeof value === "string" && value !== "") return value;
  throw new RangeError(`${at} is a text, got ${show(value)}`);
}

/** The texts at a place. @throws RangeError when one is none. */
export function textsAt(value: unknown, at: Place): string[] {
  return listAt(value, at).map((item, i) => textAt(item, `${at}[${i}]`));
}

/** One of some words. @throws RangeError that names them. */
export function oneOf<T extends string>(value: unknown, words: readonly T[], at: Place): T {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new RangeError(`${at} is ${words.join(" or ")}, got ${show(value)}`);
}

/** The number at a place. @throws RangeError when it is none, or not finite. */
export function numberAt(value: unknown, at: Place): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new RangeError(`${at} is a finite number, got ${show(value)}`);
}

/** The whole number at a place. @throws RangeError when it is none, or less than `low`. */
export function wholeAt(value: unknown, at: Place, low = 0): number {
  if (Number.isSafeInteger(value) && (value as number) >= low) return value as number;
  throw new RangeError(`${at} is a whole number from ${low}, got ${show(value)}`);
}

/** The numbers at a place. @param length - how many there are to be. @throws RangeError that names the first misfit. */
export function numbersAt(value: unknown, at: Place, length?: number): number[] {
  const list = listAt(value, at);
  if (length !== undefined && list.length !== length)
    throw new RangeError(`${at} has ${length} numbers, got ${list.length}`);
  list.forEach((item, i) => {
    if (!Number.isFinite(item)) throw new RangeError(`${at}[${i}] is a finite number, got ${show(item)}`);
  });
  return list as number[];
}

/** The shares of a whole at a place, which sum to 1. @throws RangeError when they do not, or one is below 0. */
export function sharesAt(value: unknown, at: Place, length: number): number[] {
  const shares = numbersAt(value, at, length);
  const sum = shares.reduce((total, share) => total + share, 0);
  const least = Math.min(...shares);
  if (least >= 0 && Math.abs(sum - 1) < 1e-6) return shares;
  throw new RangeError(`${at} has shares from 0 that sum to 1, got a least of ${least} and a sum of ${sum}`);
}

/** @throws RangeError when a name is there twice. */
export function requireDifferent(names: readonly string[], at: Place): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`${at} names each once, got "${twice}" twice`);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
