/**
 * JSON that is the same bytes for the same value: keys in the order of their characters, numbers as the shortest text
 * that reads back to the bit (`-0` included), lists of plain values on one line.
 * @param indent - in front of every line but the first.
 * @throws RangeError for what JSON has not: NaN, infinities, undefined, functions, objects of a class.
 */
export function canonicalJson(value: unknown, indent = ""): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return listText(value, indent);
  if (typeof value === "object" && isPlain(value))
    return recordText(value as Record<string, unknown>, indent);
  throw new RangeError(`JSON has no ${typeof value === "object" ? value.constructor.name : typeof value}`);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`JSON has no ${value}`);
  return Object.is(value, -0) ? "-0" : String(value);
}

function listText(list: readonly unknown[], indent: string): string {
  if (list.every((item) => typeof item !== "object" || item === null))
    return `[${list.map((item) => canonicalJson(item)).join(", ")}]`;
  const inner = `${indent}  `;
  return `[\n${list.map((item) => inner + canonicalJson(item, inner)).join(",\n")}\n${indent}]`;
}

function recordText(record: Record<string, unknown>, indent: string): string {
  const inner = `${indent}  `;
  const entries = Object.keys(record)
    .sort()
    .map((key) => `${inner}${JSON.stringify(key)}: ${canonicalJson(record[key], inner)}`);
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
