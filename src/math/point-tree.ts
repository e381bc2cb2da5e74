import type { Matrix } from "./matrix.js";
import type { NearestList } from "./nearest-list.js";

const LEAF_SIZE = 16;

/**
 * A k-d tree: points sorted into boxes, each halved at the median of its widest side. A node's two children stand at
 * 2 i + 1 and 2 i + 2, and points stand in the order of the leaves.
 * @see Bentley 1975, Commun. ACM 18:509-517; Friedman, Bentley & Finkel 1977, ACM TOMS 3:209-226.
 */
export class PointTree {
  /** Positions in the matrix, in the order of the leaves. */
  readonly order: Int32Array;
  readonly #columns: number;
  readonly #points: Float64Array;
  /** First inner nodes, then as many leaves plus one. */
  readonly #innerNodes: number;
  readonly #starts: Int32Array;
  readonly #lows: Float64Array;
  readonly #highs: Float64Array;

  constructor({ rows, columns, data }: Matrix) {
    const depth = Math.max(0, Math.ceil(Math.log2(Math.max(1, rows / LEAF_SIZE))));
    this.#columns = columns;
    this.#innerNodes = 2 ** depth - 1;
    const nodes = 2 ** (depth + 1) - 1;
    this.order = Int32Array.from({ length: rows }, (_, i) => i);
    this.#starts = new Int32Array(nodes + 1);
    this.#lows = new Float64Array(nodes * columns);
    this.#highs = new Float64Array(nodes * columns);
    this.#split(data, 0, 0, rows);
    this.#points = new Float64Array(rows * columns);
    this.order.forEach((i, at) => {
      this.#points.set(data.subarray(i * columns, (i + 1) * columns), at * columns);
    });
  }

  /**
   * Offers every point that can be among the nearest, with its squared distance.
   * @param skip - position of a point that is not offered, or -1.
   */
  search(query: Float64Array, list: NearestList, skip: number): void {
    this.#visit(0, 0, this.order.length, this.#squaredDistanceToBox(0, query), query, list, skip);
  }

  /**
   * Writes the positions of all points within a radius, those at it included; in no particular order.
   * @param found - has room for all points.
   * @returns how many there are.
   */
  within(query: Float64Array, squaredRadius: number, found: Int32Array): number {
    return this.#collect(0, 0, this.order.length, query, squaredRadius, found, 0);
  }

  #collect(
    node: number,
    from: number,
    to: number,
    query: Float64Array,
    radius: number,
    found: Int32Array,
    count: number,
  ): number {
    if (this.#squaredDistanceToBox(node, query) > radius) return count;
    if (node < this.#innerNodes) {
      const middle = this.#starts[node]!;
      const more = this.#collect(2 * node + 1, from, middle, query, radius, found, count);
      return this.#collect(2 * node + 2, middle, to, query, radius, found, more);
    }
    const columns = this.#columns;
    let next = count;
    for (let at = from; at < to; at++) {
      let sum = 0;
      for (let j = 0, cell = at * columns; j < columns && sum <= radius; j++, cell++) {
        const gap = query[j]! - this.#points[cell]!;
        sum += gap * gap;
      }
      if (sum <= radius) found[next++] = this.order[at]!;
    }
    return next;
  }

  #visit(
    node: number,
    from: number,
    to: number,
    distance: number,
    query: Float64Array,
    list: NearestList,
    skip: number,
  ): void {
    // At an equal distance a point of a lower index may still come in.
    if (distance > list.worst) return;
    if (node >= this.#innerNodes) {
      this.#scan(from, to, query, list, skip);
      return;
    }
    const middle = this.#starts[node]!;
    const left = 2 * node + 1;
    const toLeft = this.#squaredDistanceToBox(left, query);
    const toRight = this.#squaredDistanceToBox(left + 1, query);
    if (toLeft <= toRight) {
      this.#visit(left, from, middle, toLeft, query, list, skip);
      this.#visit(left + 1, middle, to, toRight, query, list, skip);
    } else {
      this.#visit(left + 1, middle, to, toRight, query, list, skip);
      this.#visit(left, from, middle, toLeft, query, list, skip);
    }
  }

  #scan(from: number, to: number, query: Float64Array, list: NearestList, skip: number): void {
    const points = this.#points;
    const columns = this.#columns;
    const order = this.order;
    for (let at = from; at < to; at++) {
      let sum = 0;
      const worst = list.worst;
      for (let j = 0, cell = at * columns; j < columns && sum <= worst; j++, cell++) {
        const gap = query[j]! - points[cell]!;
        sum += gap * gap;
      }
      if (sum <= worst && order[at] !== skip) list.offer(sum, order[at]!);
    }
  }

  /** Sums in the order in which distances of points are summed: rounded, it exceeds none of those in the box. */
  #squaredDistanceToBox(node: number, query: Float64Array): number {
    const lows = this.#lows;
    const highs = this.#highs;
    const columns = this.#columns;
    let sum = 0;
    for (let j = 0, cell = node * columns; j < columns; j++, cell++) {
      const value = query[j]!;
      const low = lows[cell]!;
      const high = highs[cell]!;
      const gap = value < low ? low - value : value > high ? value - high : 0;
      sum += gap * gap;
    }
    return sum;
  }

  #split(data: Float64Array, node: number, from: number, to: number): void {
    const side = this.#measureBox(data, node, from, to);
    if (node >= this.#innerNodes) return;
    const middle = (from + to) >> 1;
    selectByColumn(this.order, data, this.#columns, side, from, to - 1, middle);
    this.#starts[node] = middle;
    this.#split(data, 2 * node + 1, from, middle);
    this.#split(data, 2 * node + 2, middle, to);
  }

  /** Writes the box around some points; its widest side is returned. */
  #measureBox(data: Float64Array, node: number, from: number, to: number): number {
    let widest = 0;
    let width = -1;
    for (let j = 0; j < this.#columns; j++) {
      let low = Infinity;
      let high = -Infinity;
      for (let at = from; at < to; at++) {
        const value = data[this.order[at]! * this.#columns + j]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      this.#lows[node * this.#columns + j] = low;
      this.#highs[node * this.#columns + j] = high;
      if (high - low > width) {
        width = high - low;
        widest = j;
      }
    }
    return widest;
  }
}

/** Hoare's selection: afterwards no value before `middle` exceeds one from it on. */
function selectByColumn(
  order: Int32Array,
  data: Float64Array,
  columns: number,
  side: number,
  first: number,
  last: number,
  middle: number,
): void {
  let low = first;
  let high = last;
  while (low < high) {
    const pivot = data[order[(low + high) >> 1]! * columns + side]!;
    let left = low;
    let right = high;
    while (left <= right) {
      while (data[order[left]! * columns + side]! < pivot) left++;
      while (data[order[right]! * columns + side]! > pivot) right--;
      if (left > right) break;
      const swapped = order[left]!;
      order[left++] = order[right]!;
      order[right--] = swapped;
    }
    if (middle <= right) high = right;
    else if (middle >= left) low = left;
    else return;
  }
}
