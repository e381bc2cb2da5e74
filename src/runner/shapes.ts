/** Questions to values that somebody else wrote, such as parsed JSON. */

/** Whether a value is an object of names and values: no list and not null. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a text. */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether a value is a list of texts. */
export function isTextList(value: unknown): value is string[] {
  return isListOf(value, isText);
}

/** Whether a value is a list whose entries all pass a test. */
export function isListOf<T>(value: unknown, test: (entry: unknown) => entry is T): value is T[] {
  return Array.isArray(value) && value.every(test);
}

/** Whether a value is an object whose values all pass a test. */
export function isMapOf<T>(value: unknown, test: (entry: unknown) => entry is T): value is Record<string, T> {
  return isMap(value) && Object.values(value).every(test);
}

/** Whether a value is a text that names a time. */
export function isTime(value: unknown): value is string {
  return isText(value) && !Number.isNaN(Date.parse(value));
}

/** Whether a value is null, which JSON has for what is missing, or passes a test. */
export function isNullOr<T>(value: unknown, test: (value: unknown) => value is T): value is T | null {
  return value === null || test(value);
}
