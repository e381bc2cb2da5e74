import type { ParameterValue } from "./parameter-types.js";
import { strftime } from "./strftime.js";

/** What a field of a path can hold; a date is read by its UTC fields. */
export type FieldValue = ParameterValue | Date | { [name: string]: FieldValue };

/** `[[fill]align][sign][0][width][grouping][.precision][type]` */
const SPECIFICATION =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%])?$/su;

/**
 * A value as text, the way Python's `format` writes it: `True`, `None`, `1e-05`, dates by `strftime`, numbers and
 * texts by width, alignment, sign, precision and one of the types d, f, e, %, x, X, o, b, s.
 * @param name - what messages call the value.
 * @throws Error on a list or map, or a specification that does not fit the value.
 */
export function formatField(value: FieldValue, asText: boolean, specification: string, name: string): string {
  if (value instanceof Date) return formatDate(value, asText ? "" : specification);
  if (value !== null && typeof value === "object")
    throw new Error(`${name} is ${Array.isArray(value) ? "a list" : "a map"}: name one of its entries`);
  if (specification === "") return pythonText(value);
  const parts = SPECIFICATION.exec(specification)?.groups;
  const misfit = (): Error =>
    new Error(`:${specification} does not fit ${name}, which is ${pythonText(value)}`);
  if (!parts) throw misfit();
  const isNumber = typeof value === "number" && !asText;
  const body = isNumber ? formatNumber(value, parts) : formatText(pythonText(value), parts);
  if (body === undefined) throw misfit();
  return pad(body, parts, isNumber);
}

/** Python shows microseconds, and none at a full second. */
function formatDate(time: Date, specification: string): string {
  return strftime(time, specification || (time.getTime() % 1000 ? "%F %T.%f" : "%F %T"));
}

function pythonText(value: string | number | boolean | null): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "number") return value;
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  if (Object.is(value, -0)) return "-0.0";
  const isPlain = Number.isSafeInteger(value) || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e16);
  return isPlain ? String(value) : withTwoDigits(value.toExponential());
}

function withTwoDigits(exponential: string): string {
  return exponential.replace(/e([-+])(\d)$/, "e$10$2");
}

type Parts = Record<string, string | undefined>;

function formatText(text: string, { type, precision, sign, grouping, align }: Parts): string | undefined {
  if ((type !== undefined && type !== "s") || sign || grouping || align === "=") return undefined;
  return precision === undefined ? text : [...text].slice(0, Number(precision)).join("");
}

function formatNumber(value: number, { type, precision, sign, grouping }: Parts): string | undefined {
  const size = Math.abs(value);
  const digits = Number(precision ?? 6);
  const radix = { x: 16, X: 16, o: 8, b: 2 }[type ?? ""];
  let text: string;
  if (type === undefined && precision === undefined) text = pythonText(size);
  else if (type === "f" || type === "F") text = size.toFixed(digits);
  else if (type === "e" || type === "E") text = withTwoDigits(size.toExponential(digits));
  else if (type === "%") text = `${(size * 100).toFixed(digits)}%`;
  else if (precision !== undefined || !Number.isSafeInteger(value)) return undefined;
  else if (type === "d") text = String(size);
  else if (radix && !grouping) text = size.toString(radix);
  else return undefined;
  if (type === "X" || type === "E") text = text.toUpperCase();
  if (grouping) text = text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, grouping));
  const isNegative = value < 0 || Object.is(value, -0);
  return (isNegative ? "-" : sign && sign !== "-" ? sign : "") + text;
}

function pad(body: string, { fill, align, zero, width }: Parts, isNumber: boolean): string {
  const missing = Math.max(0, Number(width ?? 0) - [...body].length);
  const filler = fill ?? (zero ? "0" : " ");
  const side = align ?? (isNumber ? (zero ? "=" : ">") : "<");
  if (side === "<") return body + filler.repeat(missing);
  if (side === ">") return filler.repeat(missing) + body;
  if (side === "^") {
    const left = Math.floor(missing / 2);
    return filler.repeat(left) + body + filler.repeat(missing - left);
  }
  const [, sign, digits] = /^([-+ ]?)(.*)$/s.exec(body)!;
  return sign! + filler.repeat(missing) + digits;
}
