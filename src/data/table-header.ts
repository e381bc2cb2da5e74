import type { Encoding } from "./decode.js";
import { bestHeader, type Header, readWholeHeaders, withoutEmptyEnd } from "./header.js";
import { readRecord, skipBlankLines } from "./text-records.js";

/** Records that tell which delimiter a header was written with. */
const TRIED_RECORDS = 100;

/**
 * The header under whose delimiter most of the first records have as many fields as it has names. One name only is
 * taken when no delimiter splits the header; a delimiter at the end of it ends it, unless the records have more.
 */
export function readTableHeader(text: Buffer, encoding: Encoding): Header {
  const readings = readWholeHeaders(text, encoding).flatMap((header) => {
    const names = withoutEmptyEnd(header.names);
    return names.length < header.names.length ? [{ ...header, names }, header] : [header];
  });
  const several = readings.filter(({ names }) => names.length > 1);
  // Half a record: where records fit with and without the empty end, it is none.
  const score = (header: Header): number =>
    countFitting(text, header) + (header.names.at(-1) === "" ? 0 : 0.5);
  return bestHeader(several.length > 0 ? several : readings, score);
}

function countFitting(text: Buffer, { delimiter, names, next }: Header): number {
  const shape = { delimiter: delimiter.charCodeAt(0), fields: names.length };
  let fitting = 0;
  let at = skipBlankLines(text, next, shape.delimiter);
  for (let tried = 0; tried < TRIED_RECORDS && at < text.length; tried++) {
    const record = readRecord(text, at, shape);
    if (record.problem === null) fitting++;
    at = skipBlankLines(text, record.next, shape.delimiter);
  }
  return fitting;
}

/** Names as a table can have them: none empty, none twice. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const used = new Set<string>();
  return names.map((name, at) => {
    let unique = name === "" ? `column_${at + 1}` : name;
    const isFree = (): boolean =>
      !used.has(unique.toLowerCase()) && (unique === name || !taken.has(unique.toLowerCase()));
    for (let i = 1; !isFree(); i++) unique = `${name || `column_${at + 1}`}_${i}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}
