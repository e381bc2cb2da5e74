import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TextDictionary } from "#src/data/text-dictionary.js";
import { seededRandom } from "#src/math/random.js";

/** Codes of the words of a text, and what the codes stand for. */
function code(words: readonly string[]): { codes: number[]; values: [text: string, count: number][] } {
  const text = Buffer.from(words.join(","));
  const dictionary = new TextDictionary(text);
  let start = 0;
  const codes = words.map((word) => {
    const end = start + Buffer.byteLength(word);
    const found = dictionary.codeOf(start, end);
    start = end + 1;
    return found;
  });
  const { bytes, ends, counts } = dictionary;
  const values = Array.from(counts, (count, at): [string, number] => [
    bytes.toString("utf8", ends[at], ends[at + 1]),
    count,
  ]);
  return { codes, values };
}

describe("a dictionary of texts", () => {
  it("gives codes in the order in which texts are met, and counts them", () => {
    const { codes, values } = code(["UK", "France", "UK", "UK", "", "France", ""]);
    assert.deepEqual(codes, [0, 1, 0, 0, 2, 1, 2]);
    assert.deepEqual(values, [
      ["UK", 3],
      ["France", 2],
      ["", 2],
    ]);
  });

  it("tells texts apart that differ in any one byte or in their length alone", () => {
    for (let length = 0; length < 12; length++) {
      const word = "abcdefghijkl".slice(0, length);
      const others = [...word].map((_, at) => `${word.slice(0, at)}x${word.slice(at + 1)}`);
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

  it("of no texts is empty", () => {
    assert.deepEqual(code([]), { codes: [], values: [] });
  });
});
