const NAMED_GROUPS = 10;

/** Rows that equal an earlier one in every column. */
export interface RepeatedRows {
  rows: number;
  /** Different rows that occur more than once. */
  groups: number;
  /** The first row of those that occur most often, and how often; equally frequent ones in ascending order. */
  common: { row: number; count: number }[];
}

/**
 * The rows of a table that equal an earlier one, missing values equal to each other; equals pandas duplicated().
 * @param columns - for each row the place of its value among those of the column in ascending order, -1 for none.
 */
export function findRepeated(columns: readonly Int32Array[], rows: number): RepeatedRows {
  const { times, repeated } = countTimes(columns, rows);
  const common: number[] = [];
  const isBefore = (a: number, b: number): boolean =>
    times[a] === times[b] ? comesBefore(columns, a, b) : times[a]! > times[b]!;
  let equal = 0;
  for (const row of repeated) {
    equal += times[row]! - 1;
    if (common.length === NAMED_GROUPS && !isBefore(row, common.at(-1)!)) continue;
    common.splice(common.filter((other) => isBefore(other, row)).length, 0, row);
    common.length = Math.min(common.length, NAMED_GROUPS);
  }
  return {
    rows: equal,
    groups: repeated.length,
    common: common.map((row) => ({ row, count: times[row]! })),
  };
}

/** For each row that equals no earlier one, how many rows are like it, and which of these occur repeatedly. */
function countTimes(columns: readonly Int32Array[], rows: number): { times: Int32Array; repeated: number[] } {
  const hashes = hashRows(columns, rows);
  const mask = 2 ** Math.ceil(Math.log2(2 * rows + 1)) - 1;
  /** Row + 1; 0 is a free slot. */
  const slots = new Int32Array(mask + 1);
  const times = new Int32Array(rows);
  const repeated: number[] = [];
  for (let row = 0; row < rows; row++) {
    const hash = hashes[row]!;
    let slot = hash & mask;
    let earlier = slots[slot]! - 1;
    while (earlier >= 0 && !(hashes[earlier] === hash && areEqual(columns, earlier, row))) {
      slot = (slot + 1) & mask;
      earlier = slots[slot]! - 1;
    }
    if (earlier < 0) {
      slots[slot] = row + 1;
      times[row] = 1;
    } else if (times[earlier]!++ === 1) repeated.push(earlier);
  }
  return { times, repeated };
}

function hashRows(columns: readonly Int32Array[], rows: number): Int32Array {
  const hashes = new Int32Array(rows);
  for (const places of columns) mixIn(hashes, places);
  return hashes;
}

function mixIn(hashes: Int32Array, places: Int32Array): void {
  for (let row = 0; row < hashes.length; row++) {
    const mixed = Math.imul(hashes[row]! ^ places[row]!, 0x9e3779b1);
    hashes[row] = mixed ^ (mixed >>> 15);
  }
}

function areEqual(columns: readonly Int32Array[], a: number, b: number): boolean {
  for (let i = 0; i < columns.length; i++) if (columns[i]![a] !== columns[i]![b]) return false;
  return true;
}

/** Whether a row stands before another in ascending order, missing values last. */
function comesBefore(columns: readonly Int32Array[], a: number, b: number): boolean {
  for (const places of columns)
    if (places[a] !== places[b]) return places[b]! < 0 || (places[a]! >= 0 && places[a]! < places[b]!);
  return false;
}
