/** How often each category of one column meets each of another; categories that never occur are left out. */
export interface ContingencyTable {
  rows: number;
  columns: number;
  /** rows x columns, row by row. */
  counts: Float64Array;
  /** Sum of the counts. */
  total: number;
}

/** More cells than this are not counted: they would take gigabytes and say nothing. */
const MAX_CELLS = 10_000_000;

/**
 * Counts pairs of categories.
 * @param a - a category's number for each row, from 0; a negative one is missing, and so is its row.
 * @param b - likewise, of the same length.
 * @param sizes - one more than the largest number of either, where they are known.
 * @throws RangeError when the lengths differ or there would be more than 10 million cells.
 */
export function crossTabulate(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  sizes: readonly [number, number] = [countCategories(a), countCategories(b)],
): ContingencyTable {
  if (a.length !== b.length)
    throw new RangeError(`crossTabulate needs columns of one length, got ${a.length} and ${b.length}`);
  const [height, width] = sizes;
  if (height * width > MAX_CELLS)
    throw new RangeError(`crossTabulate counts at most ${MAX_CELLS} cells, got ${height} x ${width}`);
  const all = new Float64Array(height * width);
  countCells(all, width, a, b);
  return withoutEmpty(all, height, width);
}

/** The loop over rows stands alone: what is compiled for it then serves all pairs of columns. */
function countCells(all: Float64Array, width: number, a: ArrayLike<number>, b: ArrayLike<number>): void {
  for (let i = 0; i < a.length; i++) if (a[i]! >= 0 && b[i]! >= 0) all[a[i]! * width + b[i]!]!++;
}

/** The numbers of categories, from 0 in order of appearance; `null` is -1. */
export function encodeCategories(values: ArrayLike<string | number | boolean | null>): Int32Array {
  const codes = new Map<string | number | boolean, number>();
  const encoded = new Int32Array(values.length).fill(-1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === null) continue;
    let code = codes.get(value);
    if (code === undefined) {
      code = codes.size;
      codes.set(value, code);
    }
    encoded[i] = code;
  }
  return encoded;
}

/**
 * The numbers of bins of equal width from the smallest to the largest value, each with its upper end; NaN and
 * infinities are -1.
 * @returns bins from 0; all -1 when fewer than two finite values differ, for which there is no width.
 * @see equals phik.binning.bin_data with uniform bins.
 */
export function binUniform(values: ArrayLike<number>, bins = 10): Int32Array {
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`binUniform needs a positive whole number of bins, got ${bins}`);
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const binned = new Int32Array(values.length).fill(-1);
  if (!(max > min)) return binned;
  // The first bin takes in the smallest value.
  const start = min - Math.max(1e-14 * Math.abs(min), 2.2250738585072014e-308);
  const step = max / bins - start / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? max : i * step + start));
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    let bin = Math.max(0, Math.min(bins - 1, Math.floor(value / step - start / step)));
    while (bin > 0 && value <= edges[bin]!) bin--;
    while (bin < bins - 1 && value > edges[bin + 1]!) bin++;
    binned[i] = bin;
  }
  return binned;
}

/**
 * The table of known counts; rows and columns without a count are left out.
 * @param counts - rows of one length, whole numbers of at least 0.
 * @throws RangeError for rows that differ in length or what is no count.
 */
export function tableOfCounts(counts: readonly (readonly number[])[]): ContingencyTable {
  const width = counts[0]?.length ?? 0;
  for (const row of counts) {
    if (row.length !== width)
      throw new RangeError(`tableOfCounts needs rows of one length, got ${width} and ${row.length}`);
    for (const count of row)
      if (!Number.isSafeInteger(count) || count < 0)
        throw new RangeError(`tableOfCounts needs whole numbers of at least 0, got ${count}`);
  }
  return withoutEmpty(Float64Array.from(counts.flat()), counts.length, width);
}

/**
 * Pearson's chi-square against independence; with one degree of freedom Yates' correction, of at most the distance.
 * @param options.isCorrected - false leaves the correction out.
 * @returns 0 for a table of one row or column.
 * @see Yates 1934, Suppl. J. R. Stat. Soc. 1:217-235; equals scipy.stats.chi2_contingency by default.
 */
export function chiSquare(table: ContingencyTable, options: { isCorrected?: boolean } = {}): number {
  const { rows, columns, counts, total } = table;
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      rowSums[i]! += counts[i * columns + j]!;
      columnSums[j]! += counts[i * columns + j]!;
    }
  const isCorrected = options.isCorrected !== false && (rows - 1) * (columns - 1) === 1;
  let sum = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const expected = (rowSums[i]! * columnSums[j]!) / total;
      const distance = Math.abs(counts[i * columns + j]! - expected);
      const counted = isCorrected ? distance - Math.min(0.5, distance) : distance;
      sum += (counted * counted) / expected;
    }
  return rows < 2 || columns < 2 ? 0 : sum;
}

/** One more than the largest number of a category; 0 when all are missing. */
function countCategories(codes: ArrayLike<number>): number {
  let max = -1;
  for (let i = 0; i < codes.length; i++) if (codes[i]! > max) max = codes[i]!;
  return max + 1;
}

function withoutEmpty(all: Float64Array, height: number, width: number): ContingencyTable {
  const hasRow = new Uint8Array(height);
  const hasColumn = new Uint8Array(width);
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      if (all[i * width + j]! > 0) {
        hasRow[i] = 1;
        hasColumn[j] = 1;
      }
  const counts = all.filter((_, at) => hasRow[Math.floor(at / width)] === 1 && hasColumn[at % width] === 1);
  const columns = hasColumn.reduce((sum, has) => sum + has, 0);
  const rows = hasRow.reduce((sum, has) => sum + has, 0);
  return { rows, columns, counts, total: counts.reduce((sum, count) => sum + count, 0) };
}
