import type { WebAssemblyMemory } from "../math/web-assembly.js";
import { type CodingKernels, openCodingKernels } from "./kernels/coding.js";

/** Of a text this much is looked at at a time. */
const WINDOW = 1 << 20;
/** A record that starts so near the end of the window may be cut off there. */
const NEAR_END = 1 << 14;

/** What is read of the records of a text. */
export interface CoderShape {
  /** The byte between fields. */
  delimiter: number;
  /** Number of fields of a record. */
  fields: number;
  /** Positions of the fields to read, each once. */
  wanted: readonly number[];
  /** A record of more bytes is not plain. */
  longest: number;
  /** So many records are kept before they have to be taken. */
  records: number;
}

/** The different values of a field in the order of their codes. */
export interface CodedValues {
  /** One behind the other. */
  bytes: Buffer;
  /** Where each value ends in `bytes`, behind a 0. */
  ends: Uint32Array;
  /** In how many records each stands. */
  counts: Int32Array;
}

/** Gives each field of the records of a text a code: 0, 1, 2 ... in the order in which the values of the field are met. */
export class TextCoder {
  readonly #text: Buffer;
  readonly #shape: CoderShape;
  readonly #memory: WebAssemblyMemory;
  readonly #kernels: CodingKernels;
  readonly #window: number;
  /** What of the text stands in the window. */
  #from = 0;
  #to = 0;

  /** @throws RangeError, as all methods that read do, when the values do not fit into the memory that there is. */
  constructor(text: Buffer, shape: CoderShape, mostBytes?: number) {
    const { delimiter, fields, wanted, longest, records } = shape;
    this.#text = text;
    this.#shape = shape;
    ({ memory: this.#memory, kernels: this.#kernels } = openCodingKernels(mostBytes));
    const length = Math.min(WINDOW, text.length);
    this.#window = this.#kernels.open(delimiter, fields, wanted.length, longest, length, records);
    for (const [field, position] of wanted.entries()) this.#kernels.want(position, field);
  }

  /** How many records are kept. */
  get filled(): number {
    return this.#kernels.filled();
  }

  /** How many different values a field has. */
  sizeOf(field: number): number {
    return this.#kernels.sizeOf(field);
  }

  /**
   * Reads the records from `start` on, until one is not plain or no more can be kept.
   * @param row - number of the first of them.
   * @returns where the first one starts that was not read, or a blank line before it.
   */
  readPlain(start: number, row: number): number {
    const before = this.filled;
    let at = start;
    for (;;) {
      if (at >= this.#to) this.#moveTo(at);
      at += this.#kernels.readPlain(this.#addressOf(at), row + this.filled - before) - this.#addressOf(at);
      const isCut = this.#to < this.#text.length && this.#to - at < NEAR_END;
      if (!isCut || this.filled === this.#shape.records) return at;
      this.#moveTo(at);
    }
  }

  /** Takes a record that is not plain, no longer than the window, of which it is known where each field ends. */
  put(row: number, start: number, ends: Uint32Array): void {
    if (start < this.#from || ends.at(-1)! > this.#to) this.#moveTo(start);
    for (const [field, position] of this.#shape.wanted.entries()) {
      const from = position === 0 ? start : ends[position - 1]! + 1;
      this.#kernels.put(field, this.#addressOf(from), this.#addressOf(ends[position]!));
    }
    this.#kernels.take(row);
  }

  /** Moves what is kept to columns, from a place on: the number of each record, then the codes of each field. */
  takeOut(columns: readonly Int32Array[], at: number): void {
    const length = this.filled;
    const start = this.#kernels.empty();
    for (const [i, column] of columns.entries()) {
      const from = start + i * this.#shape.records * Int32Array.BYTES_PER_ELEMENT;
      column.set(new Int32Array(this.#memory.buffer, from, length), at);
    }
  }

  /** The values of a field. */
  valuesOf(field: number): CodedValues {
    const { buffer } = this.#memory;
    const size = this.sizeOf(field);
    const bytes = Buffer.from(buffer, this.#kernels.bytesOf(field), this.#kernels.usedOf(field));
    const entries = new Uint32Array(buffer, this.#kernels.entriesOf(field), size * 4);
    const ends = new Uint32Array(size + 1);
    const counts = new Int32Array(size);
    for (let code = 0; code < size; code++) {
      ends[code + 1] = entries[code * 4]! + entries[code * 4 + 1]!;
      counts[code] = entries[code * 4 + 3]!;
    }
    return { bytes, ends, counts };
  }

  #moveTo(at: number): void {
    const piece = this.#text.subarray(at, at + WINDOW);
    new Uint8Array(this.#memory.buffer, this.#window, piece.length).set(piece);
    this.#kernels.moveTo(piece.length);
    this.#from = at;
    this.#to = at + piece.length;
  }

  #addressOf(at: number): number {
    return this.#window + at - this.#from;
  }
}
