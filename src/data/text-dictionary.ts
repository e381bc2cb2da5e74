const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The different values of one field of a text: each gets a code, 0, 1, 2 ... in the order in which they are met.
 * A shop writes the same few thousand names, dates and prices again and again: what is done to a code is done once.
 */
export class TextDictionary {
  readonly #text: Uint8Array;
  /** Where each value was met first. */
  #starts: Uint32Array = new Uint32Array(1024);
  #ends: Uint32Array = new Uint32Array(1024);
  #hashes: Int32Array = new Int32Array(1024);
  #counts: Int32Array = new Int32Array(1024);
  /** Code + 1 of the value at home in a slot, or of another that found its slot taken; 0 is a free slot. */
  #slots: Int32Array = new Int32Array(4096);
  #size = 0;
  #last = -1;

  constructor(text: Uint8Array) {
    this.#text = text;
  }

  /** The code of the bytes from `start` to before `end`. */
  codeOf(start: number, end: number): number {
    // The lines of an invoice share most of their values.
    if (this.#last < 0 || !this.#isAt(this.#last, start, end)) this.#last = this.#find(start, end);
    this.#counts[this.#last]!++;
    return this.#last;
  }

  /** What each code stands for, in the order of codes, and how often it was met. */
  *values(): Generator<{ start: number; end: number; count: number }> {
    for (let code = 0; code < this.#size; code++)
      yield { start: this.#starts[code]!, end: this.#ends[code]!, count: this.#counts[code]! };
  }

  #find(start: number, end: number): number {
    const text = this.#text;
    let hash = FNV_OFFSET;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text[at]!, FNV_PRIME);
    hash ^= hash >>> 15;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let taken = slots[slot]!; taken !== 0; taken = slots[slot]!) {
      if (this.#hashes[taken - 1] === hash && this.#isAt(taken - 1, start, end)) return taken - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(start, end, hash, slot);
  }

  #isAt(code: number, start: number, end: number): boolean {
    const text = this.#text;
    let own = this.#starts[code]!;
    if (end - start !== this.#ends[code]! - own) return false;
    for (let at = start; at < end; at++) if (text[at] !== text[own++]) return false;
    return true;
  }

  #add(start: number, end: number, hash: number, slot: number): number {
    const code = this.#size++;
    if (code === this.#starts.length) this.#grow();
    this.#starts[code] = start;
    this.#ends[code] = end;
    this.#hashes[code] = hash;
    this.#slots[slot] = code + 1;
    if (this.#size * 2 > this.#slots.length) this.#spread();
    return code;
  }

  #grow(): void {
    const length = this.#starts.length * 2;
    const copy = <T extends Uint32Array | Int32Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#starts = copy(new Uint32Array(length), this.#starts);
    this.#ends = copy(new Uint32Array(length), this.#ends);
    this.#hashes = copy(new Int32Array(length), this.#hashes);
    this.#counts = copy(new Int32Array(length), this.#counts);
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
