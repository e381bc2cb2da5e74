const MULTIPLIER = 0x9e3779b1;
/** Bytes are hashed and compared four at a time; the last four may overlap those before. */
const STEP = 4;
/** Little, so that all there is to growing has been done a few times when the code is compiled. */
const FIRST_ROOM = 16;

/**
 * The different values of one field of a text: each gets a code, 0, 1, 2 ... in the order in which they are met.
 * A shop writes the same few thousand names, dates and prices again and again: what is done to a code is done once.
 */
export class TextDictionary {
  readonly #text: DataView;
  /** The values one behind the other: close together, they stay in the processor's cache. */
  #bytes: Buffer = Buffer.alloc(FIRST_ROOM);
  #view: DataView = viewOf(this.#bytes);
  /** Where in `bytes` the value of each code ends, behind a 0. */
  #ends: Uint32Array = new Uint32Array(FIRST_ROOM);
  #hashes: Int32Array = new Int32Array(FIRST_ROOM);
  #counts: Int32Array = new Int32Array(FIRST_ROOM);
  /** Code + 1 of the value at home in a slot, or of another that found its slot taken; 0 is a free slot. */
  #slots: Int32Array = new Int32Array(FIRST_ROOM);
  #size = 0;
  #last = -1;

  /** @param text - the whole text, in which fields are named by their place. */
  constructor(text: Uint8Array) {
    this.#text = viewOf(text);
  }

  /** The code of the bytes from `start` to before `end`. */
  codeOf(start: number, end: number): number {
    // The lines of an invoice share most of their values.
    if (this.#last < 0 || !this.#isAt(this.#last, start, end)) this.#last = this.#find(start, end);
    this.#counts[this.#last]!++;
    return this.#last;
  }

  /** How many different values were met. */
  get size(): number {
    return this.#size;
  }

  /** The values one behind the other, in the order of codes. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#ends[this.#size]);
  }

  /** Where each value ends in `bytes`, behind a 0. */
  get ends(): Uint32Array {
    return this.#ends.subarray(0, this.#size + 1);
  }

  /** How often each value was met. */
  get counts(): Int32Array {
    return this.#counts.subarray(0, this.#size);
  }

  #find(start: number, end: number): number {
    const hash = this.#hash(start, end);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let taken = slots[slot]!; taken !== 0; taken = slots[slot]!) {
      if (this.#hashes[taken - 1] === hash && this.#isAt(taken - 1, start, end)) return taken - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(start, end, hash, slot);
  }

  #hash(start: number, end: number): number {
    const text = this.#text;
    let hash = end - start;
    if (end - start < STEP) {
      for (let at = start; at < end; at++) hash = mix(hash, text.getUint8(at));
      return hash;
    }
    const last = end - STEP;
    for (let at = start; at < last; at += STEP) hash = mix(hash, text.getInt32(at, true));
    return mix(hash, text.getInt32(last, true));
  }

  #isAt(code: number, start: number, end: number): boolean {
    const text = this.#text;
    const view = this.#view;
    const from = this.#ends[code]!;
    const length = end - start;
    if (this.#ends[code + 1]! - from !== length) return false;
    if (length < STEP) {
      for (let i = 0; i < length; i++) if (text.getUint8(start + i) !== view.getUint8(from + i)) return false;
      return true;
    }
    const last = length - STEP;
    for (let i = 0; i < last; i += STEP)
      if (text.getInt32(start + i, true) !== view.getInt32(from + i, true)) return false;
    return text.getInt32(start + last, true) === view.getInt32(from + last, true);
  }

  #add(start: number, end: number, hash: number, slot: number): number {
    const code = this.#size++;
    const from = this.#ends[code]!;
    const to = from + end - start;
    if (this.#size === this.#counts.length) this.#makeRoom();
    while (to > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2);
      this.#view = viewOf(this.#bytes);
    }
    for (let at = start; at < end; at++) this.#bytes[from + at - start] = this.#text.getUint8(at);
    this.#ends[this.#size] = to;
    this.#hashes[code] = hash;
    this.#slots[slot] = code + 1;
    if (this.#size * 2 > this.#slots.length) this.#spread();
    return code;
  }

  #makeRoom(): void {
    this.#ends = twice(this.#ends);
    this.#hashes = twice(this.#hashes);
    this.#counts = twice(this.#counts);
  }

  /** Twice the slots, so that at least half of them stay free. */
  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      let slot = this.#hashes[code]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, MULTIPLIER);
  return mixed ^ (mixed >>> 15);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A copy with room for twice as much. */
function twice<T extends Uint32Array | Int32Array>(array: T): T {
  const longer = new (array.constructor as new (length: number) => T)(array.length * 2);
  longer.set(array);
  return longer;
}
