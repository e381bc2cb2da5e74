/** Values replaced by their place among the different values of their column. */
export interface RankCodes {
  /** For each row the place of its value, from 0; -1 for a value that is not finite. */
  codes: Int32Array;
  /** How many different values there are. */
  size: number;
  /** The different values, ascending, and how often each occurs. */
  values: Float64Array;
  counts: Float64Array;
}

/** Codes of rows that all count, with how often each code occurs. */
export interface CountedCodes {
  codes: Int32Array;
  counts: Float64Array;
}

/**
 * The place of each value among the different finite values, from 0; -0 equals 0. Equal values are found by hashing, so
 * that only the different ones are sorted.
 */
export function rankCodes(values: ArrayLike<number>): RankCodes {
  const codes = new Int32Array(values.length);
  const index = new NumberIndex();
  let counts: Float64Array = new Float64Array(16);
  let [previous, code] = [Number.NaN, -1];
  for (let i = 0; i < codes.length; i++) {
    const value = values[i]! + 0;
    if (!Number.isFinite(value)) {
      codes[i] = -1;
      continue;
    }
    // Rows that belong together often say the same: those of an invoice have one date and one customer.
    if (value !== previous) {
      code = index.codeOf(value);
      previous = value;
      if (code === counts.length) counts = grown(counts);
    }
    counts[code]!++;
    codes[i] = code;
  }
  const size = index.size;
  const sorted = index.values.slice(0, size).sort();
  const rankOf = new Int32Array(size);
  const sortedCounts = new Float64Array(size);
  for (let rank = 0; rank < size; rank++) {
    const place = index.codeOf(sorted[rank]!);
    rankOf[place] = rank;
    sortedCounts[rank] = counts[place]!;
  }
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) codes[i] = rankOf[codes[i]!]!;
  return { codes, size, values: sorted, counts: sortedCounts };
}

/** Codes, each replaced by what it stands for; negative ones stay. */
export function recode(codes: Int32Array, to: Int32Array): Int32Array {
  const recoded = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    recoded[row] = code < 0 ? code : to[code]!;
  }
  return recoded;
}

/** The rows that two columns have in common. */
export interface CommonRows {
  x: CountedCodes;
  y: CountedCodes;
}

/** Every nth row, from the first. */
export function everyNthRow({ codes, size, values }: RankCodes, step: number): RankCodes {
  const some = new Int32Array(Math.ceil(codes.length / step));
  const counts = new Float64Array(size);
  for (let i = 0; i < some.length; i++) {
    some[i] = codes[i * step]!;
    if (some[i]! >= 0) counts[some[i]!]!++;
  }
  return { codes: some, size, values, counts };
}

/**
 * The rows in which both columns have a code. The order of codes is that of the values, so nothing is sorted again.
 * @throws RangeError when the columns differ in length.
 */
export function commonRows(x: RankCodes, y: RankCodes): CommonRows {
  const length = x.codes.length;
  if (length !== y.codes.length)
    throw new RangeError(`a correlation needs columns of one length, got ${length} and ${y.codes.length}`);
  if (isComplete(x) && isComplete(y)) return { x, y };
  const [inX, inY] = [new Int32Array(length), new Int32Array(length)];
  const rows = keepCommon(x.codes, y.codes, inX, inY);
  const ofX = inX.subarray(0, rows);
  const ofY = inY.subarray(0, rows);
  return {
    x: { codes: ofX, counts: countCodes(ofX, x.size) },
    y: { codes: ofY, counts: countCodes(ofY, y.size) },
  };
}

/** Puts the codes of rows that have both behind each other. @returns how many there are. */
function keepCommon(x: Int32Array, y: Int32Array, inX: Int32Array, inY: Int32Array): number {
  let rows = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!;
    const b = y[i]!;
    if (a < 0 || b < 0) continue;
    inX[rows] = a;
    inY[rows++] = b;
  }
  return rows;
}

function countCodes(codes: Int32Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  return counts;
}

/**
 * Ranks from 1 of counted values in ascending order; equal values share the mean of the ranks they take up.
 * @see equals scipy.stats.rankdata and pandas rank by default.
 */
export function averageRanks(counts: Float64Array): Float64Array {
  const ranks = new Float64Array(counts.length);
  let before = 0;
  for (let i = 0; i < counts.length; i++) {
    ranks[i] = before + (counts[i]! + 1) / 2;
    before += counts[i]!;
  }
  return ranks;
}

function isComplete({ codes, counts }: RankCodes): boolean {
  let present = 0;
  for (let i = 0; i < counts.length; i++) present += counts[i]!;
  return present === codes.length;
}

/** The numbers of different doubles in order of appearance: a hash table with open addresses. */
class NumberIndex {
  size = 0;
  /** The values by their number; longer than `size`. */
  values: Float64Array = new Float64Array(16);
  #slots: Int32Array = new Int32Array(64).fill(-1);
  readonly #double: Float64Array = new Float64Array(1);
  readonly #words: Uint32Array = new Uint32Array(this.#double.buffer);

  /** @param value - neither NaN nor -0. */
  codeOf(value: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash(value) & mask;
    for (let code = this.#slots[slot]!; code >= 0; code = this.#slots[slot]!) {
      if (this.values[code] === value) return code;
      slot = (slot + 1) & mask;
    }
    if (this.size === this.values.length) this.values = grown(this.values);
    this.values[this.size] = value;
    this.#slots[slot] = this.size;
    if (this.size * 2 > mask) this.#spread();
    return this.size++;
  }

  #spread(): void {
    const mask = this.#slots.length * 4 - 1;
    this.#slots = new Int32Array(mask + 1).fill(-1);
    for (let code = 0; code <= this.size; code++) {
      let slot = this.#hash(this.values[code]!) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = code;
    }
  }

  #hash(value: number): number {
    this.#double[0] = value;
    const mixed = Math.imul(this.#words[0]! ^ Math.imul(this.#words[1]!, 0x9e3779b1), 0x85ebca6b);
    const spread = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
    return spread ^ (spread >>> 13);
  }
}

function grown(values: Float64Array): Float64Array {
  const longer = new Float64Array(values.length * 2);
  longer.set(values);
  return longer;
}
