/**
 * Kernels of K-Means, in AssemblyScript. Rows are n x d of doubles, row by row. The points that they are measured to stand
 * in columns: coordinate j of point c is number `j * width + c`, where `width` is the count of points filled up to fours by
 * points at Infinity. So two points are measured at a time, each by sums of its own: equal points are equally far to the
 * last digit.
 */

/** Squared distances of a row to all points. */
function measure(row: usize, d: i32, points: usize, width: i32, squares: usize): void {
  for (let c = 0; c < width; c += 4) {
    let some = f64x2.splat(0);
    let others = f64x2.splat(0);
    let point = points + (c << 3);
    for (let j = 0; j < d; j++) {
      const value = v128.load64_splat(row + (j << 3));
      const one = f64x2.sub(value, v128.load(point));
      const other = f64x2.sub(value, v128.load(point, 16));
      some = f64x2.add(some, f64x2.mul(one, one));
      others = f64x2.add(others, f64x2.mul(other, other));
      point += width << 3;
    }
    v128.store(squares + (c << 3), some);
    v128.store(squares + (c << 3), others, 16);
  }
}

/**
 * By how much the sum of squared distances falls with each candidate as a further centre.
 * @param closest - squared distance of each row to the centres so far, n.
 * @param left - what remains of it with each candidate: n x width, written.
 * @param gains - width, written; 0 for candidates that fill up.
 */
export function weighCandidates(
  n: i32,
  d: i32,
  width: i32,
  rows: usize,
  candidates: usize,
  closest: usize,
  left: usize,
  gains: usize,
): void {
  memory.fill(gains, 0, width << 3);
  for (let i = 0; i < n; i++) {
    measure(rows + ((i * d) << 3), d, candidates, width, left);
    const before = v128.load64_splat(closest + (i << 3));
    for (let c = 0; c < width << 3; c += 16) {
      const after = f64x2.pmin(before, v128.load(left + c));
      v128.store(left + c, after);
      v128.store(gains + c, f64x2.add(v128.load(gains + c), f64x2.sub(before, after)));
    }
    left += width << 3;
  }
}

/**
 * Brings labels up to date with centres that have moved; of centres equally near the first counts. Rows whose bounds
 * show that none is nearer than their own are passed over, all others are measured to every centre.
 * @param labels - the centre of each row.
 * @param upper - distance of each row to its own centre, less the way of this centre.
 * @param lower - least distance of each row to another than its own centre, plus the way of the fastest.
 * @param way - how far each centre has come in all.
 * @param fastest - how far the fastest of each turn has.
 * @param halfNext - half the distance of each centre to the nearest other.
 * @param squares - width, room to work in.
 * @param changed - rows with another label than before, and the labels they had (`before`), in order.
 * @returns how many these are.
 */
export function assign(
  n: i32,
  d: i32,
  width: i32,
  rows: usize,
  centers: usize,
  labels: usize,
  upper: usize,
  lower: usize,
  way: usize,
  fastest: f64,
  halfNext: usize,
  squares: usize,
  changed: usize,
  before: usize,
): i32 {
  let count = 0;
  for (let i = 0; i < n; i++) {
    const was = load<i32>(labels + (i << 2));
    const away = load<f64>(lower + (i << 3)) - fastest;
    const distance = load<f64>(upper + (i << 3)) + load<f64>(way + (was << 3));
    if (distance < away || distance < load<f64>(halfNext + (was << 3))) continue;
    const row = rows + ((i * d) << 3);
    measure(row, d, centers, width, squares);
    // The nearest and the second, of centres with even and odd numbers side by side.
    let first = f64x2.splat(Infinity);
    let second = f64x2.splat(Infinity);
    let nearest = f64x2.splat(0);
    let number = f64x2(0, 1);
    for (let c = 0; c < width << 3; c += 16) {
      const square = v128.load(squares + c);
      second = f64x2.pmin(second, f64x2.pmax(square, first));
      nearest = v128.bitselect(number, nearest, f64x2.lt(square, first));
      first = f64x2.pmin(first, square);
      number = f64x2.add(number, f64x2.splat(2));
    }
    const even = f64x2.extract_lane(first, 0);
    const odd = f64x2.extract_lane(first, 1);
    const ofEven = f64x2.extract_lane(nearest, 0);
    const ofOdd = f64x2.extract_lane(nearest, 1);
    const isOdd = odd < even || (odd === even && ofOdd < ofEven);
    const label = <i32>(isOdd ? ofOdd : ofEven);
    const rest = min(f64x2.extract_lane(second, 0), f64x2.extract_lane(second, 1));
    store<f64>(upper + (i << 3), sqrt(isOdd ? odd : even) - load<f64>(way + (label << 3)));
    store<f64>(lower + (i << 3), sqrt(min(isOdd ? even : odd, rest)) + fastest);
    if (label === was) continue;
    store<i32>(labels + (i << 2), label);
    store<i32>(changed + (count << 2), i);
    store<i32>(before + (count << 2), was);
    count++;
  }
  return count;
}
