/**
 * Reads the records of a delimited text into codes, as long as they are plain: of the right number of fields (quoted or
 * not, empty surplus ones behind them), ended by a line break, not blank, not too long. What `text-records.ts` has to say
 * of other records is not known here. A part of the text stands in a window, codes of some records in columns.
 */
import { allocate, Dictionary } from "./dictionary";

const LF: u32 = 10;
const CR: u32 = 13;
const SPACE: u32 = 32;
const TAB: u32 = 9;
const QUOTE: u32 = 34;

/** Bytes that are looked at at once: as many can be read behind the window. */
const WIDTH = 16;

let delimiter: u32 = 0;
let fields: u32 = 0;
let longest: u32 = 0;

/** Those of the wanted fields, in the order in which they were asked for. */
let dictionaries: usize = 0;
let wanted: u32 = 0;
/** For each field of a record 1 + which of the wanted it is, or 0. */
let places: usize = 0;
/** For each wanted field of a record where it starts and ends; it ends at 0 when it is the same as in the record before. */
let spans: usize = 0;

let window: usize = 0;
let windowEnd: usize = 0;

/** Number of the record, then codes of the wanted fields, each in a column of this room. */
let columns: usize = 0;
let room: u32 = 0;
let count: u32 = 0;

/** To be called first. @param length - bytes of the window. @returns where it starts. */
export function open(
  delimiterByte: u32,
  fieldsOfRecord: u32,
  wantedFields: u32,
  longestRecord: u32,
  length: u32,
  records: u32,
): usize {
  delimiter = delimiterByte;
  fields = fieldsOfRecord;
  wanted = wantedFields;
  longest = longestRecord;
  room = records;
  places = allocate(u64(fields) << 2);
  spans = allocate(u64(wanted) << 3);
  dictionaries = Dictionary.allocate(wanted);
  columns = allocate((u64(wanted + 1) * room) << 2);
  window = allocate(u64(length) + WIDTH + 1);
  return window;
}

/** To be called next, for each wanted field. */
export function want(field: u32, at: u32): void {
  store<u32>(places + (usize(field) << 2), at + 1);
}

/** The window is filled anew with so many bytes. */
export function moveTo(length: u32): void {
  windowEnd = window + length;
  // Every field ends, if only here.
  store<u8>(windowEnd, LF);
}

/** Records in the columns. */
export function filled(): u32 {
  return count;
}

/** Where the columns start, which are free from now on. */
export function empty(): usize {
  count = 0;
  return columns;
}

/**
 * Reads plain records into the columns until these are full.
 * @param at - start of the first record. @param row - its number. @returns where the first record starts that was not read.
 */
export function readPlain(at: usize, row: u32): usize {
  while (count < room) {
    const next: usize = isBlank(at) ? 0 : afterPlain(at);
    if (next === 0) break;
    take(row++);
    at = next;
  }
  return at;
}

/** A wanted field of a record that stands in the window but is not plain. */
export function put(field: u32, start: usize, end: usize): void {
  const span = spans + (usize(field) << 3);
  store<u32>(span, u32(start));
  store<u32>(span, u32(end), 4);
}

/** Reads the fields whose places are known into the columns, which must not be full. */
export function take(row: u32): void {
  let column = columns + (usize(count++) << 2);
  store<u32>(column, row);
  for (let i: u32 = 0; i < wanted; i++) {
    column += usize(room) << 2;
    const start = load<u32>(spans + (usize(i) << 3));
    const end = load<u32>(spans + (usize(i) << 3), 4);
    const dictionary = dictionaryOf(i);
    store<u32>(column, end === 0 ? dictionary.again() : dictionary.codeOf(start, end - start));
  }
}

/** How many values a wanted field has. */
export function sizeOf(field: u32): u32 {
  return dictionaryOf(field).size;
}

/** Where they are described: start, length, hash and count of each, as integers. */
export function entriesOf(field: u32): usize {
  return dictionaryOf(field).entries;
}

/** Where their bytes stand. */
export function bytesOf(field: u32): usize {
  return dictionaryOf(field).bytes;
}

/** How many bytes these are. */
export function usedOf(field: u32): u32 {
  return dictionaryOf(field).used;
}

function dictionaryOf(field: u32): Dictionary {
  return Dictionary.at(dictionaries, field);
}

/** Finds the fields of a record. @returns where the next one starts, 0 when this one is not plain. */
function afterPlain(start: usize): usize {
  let end = start - 1;
  for (let field: u32 = 0; field < fields; field++) {
    if (field > 0 && load<u8>(end) !== delimiter) return 0;
    const place = load<u32>(places + (usize(field) << 2));
    end = place === 0 ? endOf(end + 1) : endOfWanted(place - 1, end + 1);
    if (end === 0) return 0;
  }
  if (end - start > longest) return 0;
  return afterLineBreak(load<u8>(end) === delimiter ? afterSurplus(end) : end);
}

/** Finds a wanted field. */
function endOfWanted(field: u32, at: usize): usize {
  // The lines of an invoice share most of their values.
  const same = dictionaryOf(field).endOfSame(at, windowEnd);
  if (same !== 0 && endsField(load<u8>(same))) {
    put(field, at, 0);
    return same;
  }
  const end = endOf(at);
  put(field, at, end);
  return end;
}

/** Where a field ends: at a delimiter, a line break or the end of the window; 0 when it is not plain. */
function endOf(at: usize): usize {
  while (load<u8>(at) === SPACE) at++;
  if (load<u8>(at) === QUOTE) return endOfQuoted(at + 1);
  let found = endsAt(at);
  while (found === 0) {
    at += WIDTH;
    found = endsAt(at);
  }
  return at + ctz(found);
}

/** At which of the next bytes a field that is not quoted would end, a bit for each. */
function endsAt(at: usize): i32 {
  const bytes = v128.load(at);
  const delimiters = i8x16.eq(bytes, i8x16.splat(i8(delimiter)));
  const breaks = v128.or(i8x16.eq(bytes, i8x16.splat(i8(LF))), i8x16.eq(bytes, i8x16.splat(i8(CR))));
  return i8x16.bitmask(v128.or(delimiters, breaks));
}

/** A doubled quote stands for one in the text. */
function endOfQuoted(at: usize): usize {
  while (load<u8>(at) !== QUOTE || load<u8>(++at) === QUOTE) {
    if (at >= windowEnd) return 0;
    at++;
  }
  while (load<u8>(at) === SPACE) at++;
  return at <= windowEnd && endsField(load<u8>(at)) ? at : 0;
}

function afterSurplus(at: usize): usize {
  while (load<u8>(at) === delimiter || load<u8>(at) === SPACE) at++;
  return at;
}

/** 0 when it is none, or ends with the window: what follows could belong to it. */
function afterLineBreak(at: usize): usize {
  if (at + 1 >= windowEnd || !isLineBreak(load<u8>(at))) return 0;
  return load<u8>(at) === CR && load<u8>(at + 1) === LF ? at + 2 : at + 1;
}

/** Whether nothing but spaces and tabs stands up to the next line break. */
function isBlank(at: usize): bool {
  while (load<u8>(at) === SPACE || (load<u8>(at) === TAB && delimiter !== TAB)) at++;
  return isLineBreak(load<u8>(at));
}

function endsField(byte: u32): bool {
  return byte === delimiter || isLineBreak(byte);
}

function isLineBreak(byte: u32): bool {
  return byte === LF || byte === CR;
}
