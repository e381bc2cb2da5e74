import { isAscii } from "node:buffer";
import { decodeText, type Encoding } from "./decode.js";
import { type CodedValues, TextCoder } from "./text-coder.js";
import { readRecord, skipBlankLines, type TextRecord, unquote } from "./text-records.js";

/** In UTF-8; a longer record is taken for damage. One that is not has to fit into the window of the coder. */
const LONGEST_RECORD = 1_000_000;
/** Of a broken record this much is kept, in UTF-8. */
const LONGEST_QUOTE = 10_000;
/** A byte of a file takes at most so many in UTF-8. */
const MOST_BYTES = 3;

/** Of bytes that are decoded at once; a string can be a little longer. */
const LONGEST_STRING = 1 << 28;

/** Records after which it is asked whether to go on. */
const ASKED_EVERY = 1 << 16;
/** The share of new texts among the fields up to which a text is called repetitive. */
const MOST_NEW = 0.25;
/** Records that are read before they are put to the others; it is asked after a multiple of them. */
const KEPT_RECORDS = 1 << 12;
/** Room is made for as many records as those read so far promise, and some more. */
const SOME_MORE = 1.1;

/** The data records of a text; a record is either coded or broken, under its position 1, 2, 3 ... as `row`. */
export interface CodedText {
  rows: number;
  /** Rows of the coded records, in order. */
  row: Int32Array;
  /** As asked for. */
  fields: CodedField[];
  broken: BrokenRecord[];
}

/** A field of the coded records. */
export interface CodedField {
  /** The code of each record. */
  codes: Int32Array;
  /** What the codes stand for: the text with quotes undone, `null` where empty. */
  texts: (string | null)[];
  /** In how many records each text stands. */
  counts: Int32Array;
}

/** A record of which no field can be told. */
export interface BrokenRecord {
  row: number;
  problem: string;
  /** Its text, cut short. */
  line: string;
}

/** What is to be read of a text. */
export interface WantedFields {
  /** First byte after the header. */
  from: number;
  encoding: Encoding;
  delimiter: string;
  /** Number of fields of a record. */
  fields: number;
  /** Positions of the fields to read. */
  wanted: readonly number[];
}

/** Reads the data records of a text, and in place of its fields the codes of their texts. */
export function codeText(text: Buffer, options: WantedFields): CodedText {
  return readInCodes(text, options, () => true)!;
}

/** `codeText` of a text whose fields repeat each other; undefined where codes would be no shorter than texts. */
export function codeRepetitiveText(text: Buffer, options: WantedFields): CodedText | undefined {
  return readInCodes(text, options, (texts, cells) => texts <= cells * MOST_NEW);
}

/** @param isWorthwhile - asked from time to time, with the different texts and the fields met so far. */
function readInCodes(
  text: Buffer,
  options: WantedFields,
  isWorthwhile: (texts: number, cells: number) => boolean,
): CodedText | undefined {
  const { encoding, fields } = options;
  const delimiter = options.delimiter.charCodeAt(0);
  const wanted = [...new Set(options.wanted)];
  const places = options.wanted.map((position) => wanted.indexOf(position));
  const ends = new Uint32Array(fields);
  const shape = { delimiter, fields, wanted, longest: Math.floor(LONGEST_RECORD / MOST_BYTES) };
  const coder = new TextCoder(text, { ...shape, records: KEPT_RECORDS });
  const broken: BrokenRecord[] = [];
  let columns: Int32Array[] = Array.from({ length: wanted.length + 1 }, () => new Int32Array(KEPT_RECORDS));
  let rows = 0;
  let count = 0;
  let at = skipBlankLines(text, options.from, delimiter);
  const takeOut = (): void => {
    const start = count;
    count += coder.filled;
    if (count > columns[0]!.length) {
      const expected = Math.ceil((count * (text.length - options.from)) / (at - options.from));
      columns = columns.map((column) => withRoom(column, Math.ceil(expected * SOME_MORE)));
    }
    coder.takeOut(columns, start);
  };
  while (at < text.length) {
    const before = coder.filled;
    at = skipBlankLines(text, coder.readPlain(at, rows + 1), delimiter);
    rows += coder.filled - before;
    if (coder.filled < KEPT_RECORDS && at < text.length) {
      rows++;
      const record = readRecord(text, at, { delimiter, fields, ends });
      at = skipBlankLines(text, record.next, delimiter);
      const problem = problemOf(text, record, encoding);
      if (problem === null) coder.put(rows, record.start, ends);
      else broken.push({ row: rows, problem, line: quote(text, record, encoding) });
    }
    if (coder.filled < KEPT_RECORDS) continue;
    takeOut();
    const texts = places.reduce((sum, place) => sum + coder.sizeOf(place), 0);
    if (count % ASKED_EVERY === 0 && !isWorthwhile(texts, count * places.length)) return undefined;
  }
  takeOut();
  const [row, ...codes] = columns.map((column) => column.subarray(0, count)) as [Int32Array, ...Int32Array[]];
  const coded = codes.map((own, i) => ({ codes: own, ...readTexts(coder.valuesOf(i), encoding) }));
  return { rows, row, fields: places.map((place) => coded[place]!), broken };
}

function withRoom(column: Int32Array, room: number): Int32Array {
  const longer = new Int32Array(room);
  longer.set(column);
  return longer;
}

function problemOf(text: Buffer, { start, end, problem }: TextRecord, encoding: Encoding): string | null {
  if (end - start <= LONGEST_RECORD / MOST_BYTES) return problem;
  const bytes = Buffer.byteLength(decodeText(text.subarray(start, end), encoding));
  return bytes > LONGEST_RECORD ? `a record of more than ${LONGEST_RECORD} bytes` : problem;
}

function quote(text: Buffer, { start, end }: TextRecord, encoding: Encoding): string {
  const line = decodeText(text.subarray(start, Math.min(end, start + LONGEST_QUOTE)), encoding);
  return encoding === "UTF-8" ? line : Buffer.from(line).toString("utf8", 0, LONGEST_QUOTE);
}

function readTexts({ bytes, ends, counts }: CodedValues, encoding: Encoding): Omit<CodedField, "codes"> {
  const hasCharactersOfBytes = bytes.length < LONGEST_STRING && (encoding !== "UTF-8" || isAscii(bytes));
  const whole = hasCharactersOfBytes ? decodeText(bytes, encoding) : "";
  const texts = Array.from(counts, (_, code) => {
    const [from, to] = [ends[code]!, ends[code + 1]!];
    const text = hasCharactersOfBytes
      ? whole.slice(from, to)
      : decodeText(bytes.subarray(from, to), encoding);
    return unquote(text) || null;
  });
  return { texts, counts };
}
