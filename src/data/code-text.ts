import { TextDictionary } from "./text-dictionary.js";
import { readRecord, skipBlankLines, type TextRecord, unquote } from "./text-records.js";

/** A longer record is taken for damage. */
const LONGEST_RECORD = 1_000_000;
/** Of a broken record this much is kept. */
const LONGEST_QUOTE = 10_000;

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

/**
 * Reads the data records of a text, and in place of its fields the codes of their texts.
 * @param options.from - first byte after the header.
 * @param options.fields - number of fields of a record.
 * @param options.wanted - positions of the fields to read.
 */
export function codeText(
  text: Buffer,
  options: { from: number; delimiter: string; fields: number; wanted: readonly number[] },
): CodedText {
  const { fields, wanted } = options;
  const delimiter = options.delimiter.charCodeAt(0);
  const ends = new Float64Array(fields);
  const shape = { delimiter, fields, ends };
  const dictionaries = wanted.map(() => new TextDictionary(text));
  const broken: BrokenRecord[] = [];
  let columns: Int32Array[] = Array.from({ length: wanted.length + 1 }, () => new Int32Array(1 << 14));
  let rows = 0;
  let count = 0;
  let at = skipBlankLines(text, options.from, delimiter);
  while (at < text.length) {
    rows++;
    const record = readRecord(text, at, shape);
    at = skipBlankLines(text, record.next, delimiter);
    const problem = problemOf(record);
    if (problem !== null) {
      broken.push({ row: rows, problem, line: quote(text, record) });
      continue;
    }
    if (count === columns[0]!.length) columns = columns.map(doubled);
    columns[0]![count] = rows;
    for (let i = 0; i < wanted.length; i++) {
      const position = wanted[i]!;
      const start = position === 0 ? record.start : ends[position - 1]! + 1;
      columns[i + 1]![count] = dictionaries[i]!.codeOf(start, ends[position]!);
    }
    count++;
  }
  const [row, ...codes] = columns.map((column) => column.subarray(0, count)) as [Int32Array, ...Int32Array[]];
  const coded = codes.map((own, i) => ({ codes: own, ...readTexts(text, dictionaries[i]!) }));
  return { rows, row, fields: coded, broken };
}

function problemOf({ start, end, problem }: TextRecord): string | null {
  return end - start > LONGEST_RECORD ? `a record of more than ${LONGEST_RECORD} bytes` : problem;
}

function quote(text: Buffer, { start, end }: TextRecord): string {
  return text.toString("utf8", start, Math.min(end, start + LONGEST_QUOTE));
}

function doubled(column: Int32Array): Int32Array {
  const longer = new Int32Array(column.length * 2);
  longer.set(column);
  return longer;
}

function readTexts(text: Buffer, dictionary: TextDictionary): Omit<CodedField, "codes"> {
  const values = [...dictionary.values()];
  return {
    texts: values.map(({ start, end }) => unquote(text.toString("utf8", start, end)) || null),
    counts: Int32Array.from(values, (value) => value.count),
  };
}
