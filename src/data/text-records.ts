const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const QUOTE = 34;
const OPEN_QUOTE = "a quote is opened and not closed";

/** The shape a record of a delimited text must have. */
export interface RecordShape {
  /** The byte between fields. */
  delimiter: number;
  /** Number of fields; surplus ones are tolerated when empty. */
  fields: number;
  /** Is told where each field of a record that can be read ends; each starts behind the delimiter of the one before. */
  ends?: Uint32Array;
}

/** Where a record stands in a text and what is wrong with it. */
export interface TextRecord {
  start: number;
  /** First byte after the record, its line break and empty surplus fields left out. */
  end: number;
  /** First byte of the next record. */
  next: number;
  /** Why the record cannot be read; it then is one line of the text, and the next line is tried anew. */
  problem: string | null;
}

/**
 * The record that starts at a byte of a delimited text (RFC 4180; LF, CRLF or CR end a line).
 * A quote that is not closed must not swallow the rest of the file: a record that does not fit and runs
 * over several lines is given up at the end of its first line.
 */
export function readRecord(
  text: Buffer,
  start: number,
  { delimiter, fields: wanted, ends }: RecordShape,
): TextRecord {
  let at = start;
  let fields = 1;
  let endOfWanted = -1;
  for (;;) {
    while (text[at] === SPACE) at++;
    if (text[at] === QUOTE) {
      at = closingQuote(text, at + 1) + 1;
      if (at === 0) return brokenLine(text, start, OPEN_QUOTE);
      while (text[at] === SPACE) at++;
      if (at < text.length && text[at] !== delimiter && !isLineBreak(text[at]))
        return brokenLine(text, start, "text follows a closing quote");
    } else {
      while (at < text.length && text[at] !== delimiter && !isLineBreak(text[at])) at++;
    }
    if (ends !== undefined && fields <= wanted) ends[fields - 1] = at;
    if (text[at] !== delimiter) break;
    if (fields === wanted) endOfWanted = at;
    fields++;
    at++;
  }
  const next = afterLineBreak(text, at);
  if (fields === wanted) return { start, end: at, next, problem: null };
  if (fields > wanted && isEmptySurplus(text, endOfWanted, at, delimiter))
    return { start, end: endOfWanted, next, problem: null };
  if (spansLines(text, start, at)) return brokenLine(text, start, OPEN_QUOTE);
  const found = fields === 1 ? "1 field" : `${fields} fields`;
  return { start, end: at, next, problem: `${found} instead of ${wanted}` };
}

/** The first byte at or after `start` that is not on a blank line. */
export function skipBlankLines(text: Buffer, start: number, delimiter: number): number {
  let from = start;
  for (;;) {
    let at = from;
    while (text[at] === SPACE || (text[at] === TAB && delimiter !== TAB)) at++;
    if (at < text.length && !isLineBreak(text[at])) return from;
    if (at >= text.length) return text.length;
    from = afterLineBreak(text, at);
  }
}

/** The fields of one well-formed record, quotes undone. */
export function splitFields(record: string, delimiter: string): string[] {
  const fields: string[] = [];
  let rest = record;
  for (;;) {
    const quoted = /^ *"((?:[^"]|"")*)" */.exec(rest);
    const end = rest.indexOf(delimiter, quoted?.[0].length ?? 0);
    const raw = end < 0 ? rest : rest.slice(0, end);
    fields.push(quoted?.[1]?.replaceAll('""', '"') ?? raw);
    if (end < 0) return fields;
    rest = rest.slice(end + delimiter.length);
  }
}

/** The text of a field of a record that can be read: quotes around it undone, with the spaces around those. */
export function unquote(field: string): string {
  const from = field.search(/[^ ]/);
  if (field[from] !== '"') return field;
  return field.slice(from + 1, field.lastIndexOf('"')).replaceAll('""', '"');
}

/** Position of the quote that closes a field, or -1; a doubled quote stands for one in the text. */
function closingQuote(text: Buffer, from: number): number {
  let at = text.indexOf(QUOTE, from);
  while (at >= 0 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at;
}

function spansLines(text: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isLineBreak(text[at])) return true;
  return false;
}

function brokenLine(text: Buffer, start: number, problem: string): TextRecord {
  let end = start;
  while (end < text.length && !isLineBreak(text[end])) end++;
  return { start, end, next: afterLineBreak(text, end), problem };
}

function afterLineBreak(text: Buffer, at: number): number {
  return text[at] === CR && text[at + 1] === LF ? at + 2 : Math.min(at + 1, text.length);
}

function isEmptySurplus(text: Buffer, from: number, to: number, delimiter: number): boolean {
  for (let at = from; at < to; at++) if (text[at] !== delimiter && text[at] !== SPACE) return false;
  return true;
}

function isLineBreak(byte: number | undefined): boolean {
  return byte === LF || byte === CR;
}
