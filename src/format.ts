import type { Cell } from "./types.js";

const LOCALE = "en-GB";
const NOT_AVAILABLE = "–";
const numberFormats = new Map<string, Intl.NumberFormat>();
/** Made when it is first asked for, as all formats are: the first one takes longer than many programs' other imports. */
let dayFormat: Intl.DateTimeFormat | undefined;

/** How a value is written: by name, or by a function of one's own. */
export type ValueFormat =
  | "text"
  | "number"
  | "integer"
  | "percent"
  | "money"
  | "date"
  | "dateTime"
  | ((value: Cell) => string);

/** What a format may need to know besides the value. */
export interface FormatOptions {
  /** Decimals shown; the format's own choice when left out. */
  decimals?: number | undefined;
  /** ISO 4217 code for `money`; GBP when left out. */
  currency?: string | undefined;
}

/** A number with thousands separators; decimals as far as they tell something unless given. */
export function formatNumber(value: number, decimals?: number): string {
  if (!Number.isFinite(value)) return NOT_AVAILABLE;
  const shown = decimals ?? usefulDecimals(value);
  return numberFormat(`number ${shown}`, {
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(value);
}

/** A share in [0, 1] as a percentage: 0.421 is "42.1%". */
export function formatPercent(share: number, decimals = 1): string {
  if (!Number.isFinite(share)) return NOT_AVAILABLE;
  return numberFormat(`percent ${decimals}`, {
    style: "percent",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(share);
}

/** An amount of money; whole units from 1,000 on and cents below, unless `decimals` says otherwise. */
export function formatMoney(value: number, currency = "GBP", decimals?: number): string {
  if (!Number.isFinite(value)) return NOT_AVAILABLE;
  const shown = decimals ?? (Math.abs(value) >= 1000 ? 0 : 2);
  return numberFormat(`money ${currency} ${shown}`, {
    style: "currency",
    currency,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(value);
}

/** The day of an ISO date or timestamp without a zone: "9 Dec 2011". Text that is no date stays as it is. */
export function formatDate(iso: string): string {
  const time = parseTime(iso);
  return Number.isNaN(time) ? iso : formatDay(time);
}

/** Day and minute of an ISO timestamp: "9 Dec 2011, 12:50". The zone, if any, is shown as UTC. */
export function formatDateTime(iso: string): string {
  const time = parseTime(iso);
  if (Number.isNaN(time)) return iso;
  return `${formatDay(time)}, ${new Date(time).toISOString().slice(11, 16)}`;
}

/** A duration as people say it: "0.4 s", "3 min 05 s", "1 h 02 min". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NOT_AVAILABLE;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const pad = (part: number): string => String(part).padStart(2, "0");
  return minutes < 60
    ? `${minutes} min ${pad(whole % 60)} s`
    : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** Any table value as text; what is missing becomes a dash. */
export function formatValue(value: Cell, format: ValueFormat, options: FormatOptions = {}): string {
  if (typeof format === "function") return format(value);
  if (value === null || value === "") return NOT_AVAILABLE;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (format === "date") return formatDate(String(value));
  if (format === "dateTime") return formatDateTime(String(value));
  if (typeof value === "string" || format === "text") return String(value);
  if (format === "percent") return formatPercent(value, options.decimals);
  if (format === "money") return formatMoney(value, options.currency, options.decimals);
  return formatNumber(value, options.decimals ?? (format === "integer" ? 0 : undefined));
}

/**
 * A recorded value with its unit: "£8,911,408" for GBP, "42.1%" for a `share`, "4,328 customers" else.
 * @param unit - an ISO 4217 code, `share` (in [0, 1]), `%`, `date`, `seconds`, or any word; "" for none.
 */
export function formatQuantity(value: Cell, unit: string): string {
  if (unit === "date") return formatValue(value, "date");
  if (typeof value !== "number") return formatValue(value, "text");
  if (/^[A-Z]{3}$/.test(unit)) return formatMoney(value, unit);
  if (unit === "share") return formatPercent(value);
  if (unit === "%") return `${formatNumber(value, 1)}%`;
  if (unit === "seconds") return formatDuration(value);
  return unit === "" ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

/** A name from code as words: `netRevenue` and `net_revenue` are "Net revenue". */
export function nameToWords(name: string): string {
  const words = name
    .replaceAll("_", " ")
    .replace(
      /([a-z\d])([A-Z])(?=[a-z])/g,
      (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    )
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Text that HTML shows as it is, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function usefulDecimals(value: number): number {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return 0;
  if (size >= 1) return 2;
  return Math.min(6, 2 - Math.floor(Math.log10(size)));
}

function numberFormat(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let format = numberFormats.get(key);
  if (format === undefined) {
    // What is rounded to zero has no sign.
    format = new Intl.NumberFormat(LOCALE, { signDisplay: "negative", ...options });
    numberFormats.set(key, format);
  }
  return format;
}

function formatDay(time: number): string {
  dayFormat ??= new Intl.DateTimeFormat(LOCALE, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return dayFormat.format(time);
}

/** Milliseconds since 1970; a timestamp without a zone is read as UTC, so that no machine moves it. */
function parseTime(iso: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(
    iso,
  );
  return match ? Date.parse(`${match[1]}T${match[2] ?? "00:00"}${match[3] ?? "Z"}`) : Number.NaN;
}
