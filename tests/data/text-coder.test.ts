import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CodedText, codeText, type WantedFields } from "#src/data/code-text.js";
import { decodeText, type Encoding } from "#src/data/decode.js";
import { TextCoder } from "#src/data/text-coder.js";
import { readRecord, skipBlankLines, unquote } from "#src/data/text-records.js";
import { seededRandom } from "#src/math/random.js";

/** Codes of words that stand one a line, and what the codes stand for. */
function code(words: readonly string[]): { codes: number[]; values: [text: string, count: number][] } {
  const text = Buffer.from(words.map((word) => `${word}\n`).join(""));
  const coder = new TextCoder(text, {
    delimiter: 44,
    fields: 1,
    wanted: [0],
    longest: 99,
    records: words.length + 1,
  });
  const end = text.lastIndexOf(10, -2) + 1;
  // The last line could be cut off.
  assert.equal(coder.readPlain(0, 1), end);
  if (words.length > 0) coder.put(words.length, end, Uint32Array.of(text.length - 1));
  const columns = [new Int32Array(words.length), new Int32Array(words.length)];
  coder.takeOut(columns, 0);
  assert.deepEqual(
    [...columns[0]!],
    words.map((_, at) => at + 1),
  );
  const { bytes, ends, counts } = coder.valuesOf(0);
  const values = Array.from(counts, (count, at): [string, number] => [
    bytes.toString("utf8", ends[at], ends[at + 1]),
    count,
  ]);
  return { codes: [...columns[1]!], values };
}

describe("a coder of texts", () => {
  it("gives codes in the order in which texts are met, and counts them", () => {
    const { codes, values } = code(["UK", "France", "UK", "UK", "-", "France", "-"]);
    assert.deepEqual(codes, [0, 1, 0, 0, 2, 1, 2]);
    assert.deepEqual(values, [
      ["UK", 3],
      ["France", 2],
      ["-", 2],
    ]);
  });

  it("tells texts apart that differ in any one byte or in their length alone", () => {
    for (let length = 1; length < 36; length++) {
      const word = "abcdefghijklmnopqrstuvwxyz0123456789".slice(0, length);
      const others = [...word].map((_, at) => `${word.slice(0, at)}X${word.slice(at + 1)}`);
      const words = [word, ...others, `${word}a`];
      assert.deepEqual(
        code([...words, ...words]).codes,
        [...words, ...words].map((_, at) => at % words.length),
      );
    }
  });

  it("agrees with a Map on many texts of all lengths, met again in any order", () => {
    const random = seededRandom(11);
    const known = Array.from({ length: 5_000 }, (_, at) => `${at}${"é".repeat(Math.floor(random() * 9))}`);
    const words = Array.from({ length: 30_000 }, () => known[Math.floor(random() * known.length)]!);
    const expected = new Map<string, { code: number; count: number }>();
    const codes = words.map((word) => {
      const entry = expected.get(word) ?? { code: expected.size, count: 0 };
      expected.set(word, { ...entry, count: entry.count + 1 });
      return entry.code;
    });
    const found = code(words);
    assert.deepEqual(found.codes, codes);
    assert.deepEqual(
      found.values,
      [...expected].map(([text, { count }]) => [text, count]),
    );
  });

  it("tells apart texts of one hash, as some of so many have", () => {
    const random = seededRandom(12);
    const words = Array.from({ length: 200_000 }, () => (random() * 1e12).toFixed().padStart(12, "0"));
    assert.equal(code(words).values.length, new Set(words).size);
  });

  it("of no texts is empty", () => {
    assert.deepEqual(code([]), { codes: [], values: [] });
  });

  it("refuses values that do not fit into its memory, with its size", () => {
    const text = Buffer.from(Array.from({ length: 300_000 }, (_, at) => `${at}\n`).join(""));
    const shape = { delimiter: 44, fields: 1, wanted: [0], longest: 99, records: 300_000 };
    assert.throws(() => new TextCoder(text, shape, 2 ** 23).readPlain(0, 1), {
      name: "RangeError",
      message: "codeText needs the different values of a text to fit into 8 MiB, got more",
    });
  });
});

/** What `codeText` has to give, record by record and with a Map for each field. */
function plainly(text: Buffer, { from, encoding, delimiter, fields, wanted }: WantedFields): CodedText {
  const byte = delimiter.charCodeAt(0);
  const ends = new Uint32Array(fields);
  const known = wanted.map(() => ({ codes: [] as number[], counts: new Map<string, number>() }));
  const row: number[] = [];
  const broken: CodedText["broken"] = [];
  let rows = 0;
  for (let at = skipBlankLines(text, from, byte); at < text.length; ) {
    const { start, end, next, problem } = readRecord(text, at, { delimiter: byte, fields, ends });
    at = skipBlankLines(text, next, byte);
    rows++;
    if (problem !== null) {
      broken.push({ row: rows, problem, line: decodeText(text.subarray(start, end), encoding) });
      continue;
    }
    row.push(rows);
    for (const [i, position] of wanted.entries()) {
      const { codes, counts } = known[i]!;
      const value = text.toString("latin1", position === 0 ? start : ends[position - 1]! + 1, ends[position]);
      counts.set(value, (counts.get(value) ?? 0) + 1);
      codes.push([...counts.keys()].indexOf(value));
    }
  }
  return {
    rows,
    row: Int32Array.from(row),
    broken,
    fields: known.map(({ codes, counts }) => ({
      codes: Int32Array.from(codes),
      texts: [...counts.keys()].map(
        (value) => unquote(decodeText(Buffer.from(value, "latin1"), encoding)) || null,
      ),
      counts: Int32Array.from(counts.values()),
    })),
  };
}

const PIECES = [
  ...["a", "b", "ab", "£", "é 7", "A LONGER TEXT OF MANY WORDS", " ", "  ", "\t", '"', '""', '"x"', '"a,b"'],
  ...['"a\nb"', '"a\r\n""b"', ' "x" ', '"x"y', 'x"y"', ",", ",", ",", ",,", ",,,", ";", "\t", "\u0000"],
  ...["\n", "\n", "\r\n", "\r", "\n\n", "\r\n \r\n", "a,b,c\n", "a,b,c\n", '"a","b","c"\r\n', "a;b;c\n"],
];

describe("a text read by the kernels", () => {
  it("is the one that is read record by record, of random pieces", () => {
    const random = seededRandom(5);
    for (let turn = 0; turn < 3_000; turn++) {
      const encoding: Encoding = (["UTF-8", "ISO-8859-1", "Windows-1252"] as const)[turn % 3]!;
      const pieces = Array.from(
        { length: random() * 80 },
        () => PIECES[Math.floor(random() * PIECES.length)],
      );
      const text = Buffer.from(pieces.join(""), encoding === "UTF-8" ? "utf8" : "latin1");
      const fields = 1 + Math.floor(random() * 4);
      const wanted = [0, fields - 1, 0, 1].slice(0, Math.min(fields, 1 + Math.floor(random() * 4)));
      const delimiter = [",", ",", ",", ";", "\t"][Math.floor(random() * 5)]!;
      const from = Math.floor(random() * Math.min(4, text.length));
      const options = { from, encoding, delimiter, fields, wanted };
      assert.deepEqual(codeText(text, options), plainly(text, options), JSON.stringify({ pieces, options }));
    }
  });

  it("is so wherever it is cut into the parts that are looked at at a time", () => {
    const line = `${"x".repeat(1_000)},y,z\n`;
    const long = "w".repeat(40_000);
    const nasty = `a,"b"" \r\n,",c\r\n\r\n \n"d","e",f\r,,\ng\n1,${long},2\n1,"${long}",2\n${line}3,4,"5"`;
    const options = { from: 0, encoding: "UTF-8", delimiter: ",", fields: 3, wanted: [0, 1, 2] } as const;
    const body = line.repeat(1_040);
    for (let shift = 0; shift < 50; shift++) {
      const first = `${"v".repeat(2 ** 20 - body.length - 5 - shift)},,\n`;
      const text = Buffer.from(`${first}${body}${nasty}\n`);
      assert.deepEqual(codeText(text, options), plainly(text, options), `cut ${shift} bytes before its end`);
    }
  });
});
