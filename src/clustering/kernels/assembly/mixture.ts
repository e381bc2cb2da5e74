/**
 * Kernels of Gaussian mixtures, in AssemblyScript. Rows stand in columns, d x length, and shares of rows by component,
 * k x length, where `length` is the number of rows filled up to eights by rows of zeros without shares: so two rows are
 * computed at a time.
 */

/**
 * How likely each row is to come from each component.
 * @param means - k x d.
 * @param whitening - what makes differences to a mean independent with variance 1: the lower triangles of k matrices row by
 * row, or d factors of each component (`isTriangular` 0).
 * @param peaks - logarithm of weight times density at the mean, k.
 * @param far - a component so far below the likeliest, as a logarithm, has no share, k.
 * @param gaps - d x 8, room to work in.
 * @param shares - k x length, written; the sum of each row is 1.
 * @param tops - logarithm of weight times density of the likeliest component of each row, written.
 * @param sums - density of each row as a multiple of that, written.
 */
export function shareRows(
  n: i32,
  length: i32,
  d: i32,
  k: i32,
  columns: usize,
  means: usize,
  whitening: usize,
  isTriangular: i32,
  peaks: usize,
  far: usize,
  gaps: usize,
  shares: usize,
  tops: usize,
  sums: usize,
): void {
  for (let i = 0; i < length; i += 8) {
    const at = i << 3;
    logDensities(length, d, k, columns + at, means, whitening, isTriangular, peaks, gaps, shares + at);
    for (let two = at; two < at + 64; two += 16)
      toShares(length, k, far, shares + two, tops + two, sums + two);
  }
  for (let c = 0; c < k; c++) memory.fill(shares + ((c * length + n) << 3), 0, (length - n) << 3);
}

/** Logarithms of weight times density of eight rows, in the place of their shares. */
function logDensities(
  length: i32,
  d: i32,
  k: i32,
  columns: usize,
  means: usize,
  whitening: usize,
  isTriangular: i32,
  peaks: usize,
  gaps: usize,
  logs: usize,
): void {
  for (let c = 0; c < k; c++) {
    let column = columns;
    let sum0 = f64x2.splat(0);
    let sum1 = f64x2.splat(0);
    let sum2 = f64x2.splat(0);
    let sum3 = f64x2.splat(0);
    for (let j = 0; j < d; j++) {
      const mean = v128.load64_splat(means);
      const gap = gaps + (j << 6);
      v128.store(gap, f64x2.sub(v128.load(column), mean));
      v128.store(gap, f64x2.sub(v128.load(column, 16), mean), 16);
      v128.store(gap, f64x2.sub(v128.load(column, 32), mean), 32);
      v128.store(gap, f64x2.sub(v128.load(column, 48), mean), 48);
      let white0 = f64x2.splat(0);
      let white1 = f64x2.splat(0);
      let white2 = f64x2.splat(0);
      let white3 = f64x2.splat(0);
      for (let other = isTriangular ? gaps : gap; other <= gap; other += 64) {
        const factor = v128.load64_splat(whitening);
        white0 = f64x2.add(white0, f64x2.mul(factor, v128.load(other)));
        white1 = f64x2.add(white1, f64x2.mul(factor, v128.load(other, 16)));
        white2 = f64x2.add(white2, f64x2.mul(factor, v128.load(other, 32)));
        white3 = f64x2.add(white3, f64x2.mul(factor, v128.load(other, 48)));
        whitening += 8;
      }
      sum0 = f64x2.add(sum0, f64x2.mul(white0, white0));
      sum1 = f64x2.add(sum1, f64x2.mul(white1, white1));
      sum2 = f64x2.add(sum2, f64x2.mul(white2, white2));
      sum3 = f64x2.add(sum3, f64x2.mul(white3, white3));
      means += 8;
      column += length << 3;
    }
    const peak = v128.load64_splat(peaks + (c << 3));
    const half = f64x2.splat(0.5);
    v128.store(logs, f64x2.sub(peak, f64x2.mul(sum0, half)));
    v128.store(logs, f64x2.sub(peak, f64x2.mul(sum1, half)), 16);
    v128.store(logs, f64x2.sub(peak, f64x2.mul(sum2, half)), 32);
    v128.store(logs, f64x2.sub(peak, f64x2.mul(sum3, half)), 48);
    logs += length << 3;
  }
}

/** Logarithms of two rows to their shares. */
function toShares(length: i32, k: i32, far: usize, shares: usize, tops: usize, sums: usize): void {
  const end = shares + ((k * length) << 3);
  let top = f64x2.splat(-Infinity);
  for (let at = shares; at < end; at += length << 3) top = f64x2.pmax(top, v128.load(at));
  let sum = f64x2.splat(0);
  for (let at = shares; at < end; at += length << 3) {
    const below = f64x2.sub(v128.load(at), top);
    const isNear = f64x2.ge(below, f64x2.neg(v128.load64_splat(far)));
    let share = f64x2.splat(0);
    if (v128.any_true(isNear)) {
      share = v128.and(exponentials(below), isNear);
      sum = f64x2.add(sum, share);
    }
    v128.store(at, share);
    far += 8;
  }
  // The likeliest has 1 of it; a row so far from all that there is no likeliest has no shares.
  sum = f64x2.pmax(sum, f64x2.splat(1));
  for (let at = shares; at < end; at += length << 3) v128.store(at, f64x2.div(v128.load(at), sum));
  v128.store(tops, top);
  v128.store(sums, sum);
}

/**
 * e^x of two numbers from -700 to 0, off by less than one unit in the last place: x = n ln 2 + r with a whole n, e^r by
 * its series to the term from which |r| <= ln 2 / 2 leaves nothing, and n added to the exponent.
 * @see Cody & Waite 1980, Software Manual for the Elementary Functions, 60-70; ln 2 in two parts, the first with zeros at
 * its end, so that n times it is exact.
 */
function exponentials(x: v128): v128 {
  const n = f64x2.nearest(f64x2.mul(x, f64x2.splat(Math.LOG2E)));
  let r = f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.6931471803691238)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  let series = f64x2.splat(1 / 6227020800.0);
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 479001600.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 39916800.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 3628800.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 362880.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 40320.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 5040.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 720.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 120.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 24.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 6.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 2.0));
  series = f64x2.add(f64x2.mul(f64x2.mul(series, r), r), r);
  // A number of this size has n in its last bits.
  const whole = f64x2.add(n, f64x2.splat(6755399441055744));
  return i64x2.add(f64x2.add(series, f64x2.splat(1)), i64x2.shl(whole, 52));
}

/** How many rows each component has (`sizes`, k, written), and their sums (`totals`, k x d, written). */
export function addRows(
  length: i32,
  d: i32,
  k: i32,
  columns: usize,
  shares: usize,
  sizes: usize,
  totals: usize,
): void {
  const bytes = length << 3;
  for (let c = 0; c < k; c++) {
    let size = f64x2.splat(0);
    for (let at = shares; at < shares + bytes; at += 16) size = f64x2.add(size, v128.load(at));
    store<f64>(sizes, sumOf(size));
    sizes += 8;
    for (let column = columns; column < columns + d * bytes; column += bytes) {
      let even = f64x2.splat(0);
      let odd = f64x2.splat(0);
      for (let at = 0; at < bytes; at += 32) {
        even = f64x2.add(even, f64x2.mul(v128.load(shares + at), v128.load(column + at)));
        odd = f64x2.add(odd, f64x2.mul(v128.load(shares + at, 16), v128.load(column + at, 16)));
      }
      store<f64>(totals, sumOf(f64x2.add(even, odd)));
      totals += 8;
    }
    shares += bytes;
  }
}

/** Sums of the squared differences of rows to the means of their components, in each column: k x d, written. */
export function addSquares(
  length: i32,
  d: i32,
  k: i32,
  columns: usize,
  shares: usize,
  means: usize,
  squares: usize,
): void {
  const bytes = length << 3;
  for (let c = 0; c < k; c++) {
    for (let column = columns; column < columns + d * bytes; column += bytes) {
      const mean = v128.load64_splat(means);
      let sum = f64x2.splat(0);
      for (let at = 0; at < bytes; at += 16) {
        const gap = f64x2.sub(v128.load(column + at), mean);
        sum = f64x2.add(sum, f64x2.mul(f64x2.mul(v128.load(shares + at), gap), gap));
      }
      store<f64>(squares, sumOf(sum));
      means += 8;
      squares += 8;
    }
    shares += bytes;
  }
}

/**
 * Sums of the products of these differences, each column with those up to itself: the lower triangles of k matrices,
 * d x width, written; `width` is d filled up to twos, and what lies above a triangle has no meaning.
 * @param gaps - 4 x width, room to work in.
 */
export function addProducts(
  n: i32,
  length: i32,
  d: i32,
  width: i32,
  k: i32,
  columns: usize,
  shares: usize,
  means: usize,
  gaps: usize,
  products: usize,
): void {
  const bytes = width << 3;
  memory.fill(gaps, 0, bytes << 2);
  memory.fill(products, 0, k * d * bytes);
  for (let c = 0; c < k; c++) {
    let row = 0;
    for (let i = 0; i < n; i++) {
      const share = load<f64>(shares + (i << 3));
      if (share === 0) continue;
      const root = sqrt(share);
      const gap = gaps + row * bytes;
      for (let j = 0; j < d; j++) {
        const value = load<f64>(columns + ((j * length + i) << 3));
        store<f64>(gap + (j << 3), root * (value - load<f64>(means + (j << 3))));
      }
      row++;
      if (row < 4) continue;
      addFour(d, bytes, gaps, products);
      row = 0;
    }
    if (row > 0) {
      memory.fill(gaps + row * bytes, 0, (4 - row) * bytes);
      addFour(d, bytes, gaps, products);
    }
    shares += length << 3;
    means += d << 3;
    products += d * bytes;
  }
}

/** Products of the columns of four rows, added to those before. */
function addFour(d: i32, bytes: i32, gaps: usize, products: usize): void {
  const second = gaps + bytes;
  const third = second + bytes;
  const fourth = third + bytes;
  for (let j = 0; j < d << 3; j += 8) {
    const one = v128.load64_splat(gaps + j);
    const two = v128.load64_splat(second + j);
    const three = v128.load64_splat(third + j);
    const four = v128.load64_splat(fourth + j);
    for (let l = 0; l <= j; l += 16) {
      const some = f64x2.add(f64x2.mul(one, v128.load(gaps + l)), f64x2.mul(two, v128.load(second + l)));
      const rest = f64x2.add(f64x2.mul(three, v128.load(third + l)), f64x2.mul(four, v128.load(fourth + l)));
      v128.store(products + l, f64x2.add(v128.load(products + l), f64x2.add(some, rest)));
    }
    products += bytes;
  }
}

function sumOf(two: v128): f64 {
  return f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
}
