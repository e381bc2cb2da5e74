/** Points that a cell holds before it is quartered. */
const LEAF_SIZE = 12;
/** Most points of a group, unless it is one leaf. */
const GROUP_SIZE = 128;
/** Equal points cannot be told apart by quartering. */
const MAX_DEPTH = 48;

/** Numbers of a node, and where each stands. */
export const STRIDE = 8;
/** Centre of mass. */
export const X = 0;
export const Y = 1;
/** Points. */
export const MASS = 2;
/** No point is farther from the centre of mass; a bound, not the least one. */
export const RADIUS = 3;
/** Sums over the points of the products of their offsets from the centre of mass. */
export const XX = 4;
export const XY = 5;
export const YY = 6;
/** Points to the power 2/3. */
export const SIZE = 7;

/**
 * The plane in cells, each quartered while it holds more than a few points; nodes in the order of a walk that goes
 * down before it goes on, and for each node the one that follows when its inside is not looked at.
 * All arrays are kept from one iteration to the next.
 * @see Barnes & Hut 1986, Nature 324:446-449.
 */
export class QuadTree {
  /** Points in the order of the cells. */
  readonly order: Int32Array;
  /** Where they are, in that order, x and y alternating. */
  readonly sorted: Float64Array;
  /** Nodes that are looked from together, each a group of points; together they are all points. */
  readonly groups: Int32Array;
  groupCount = 0;
  count = 0;
  /** STRIDE numbers of each node. */
  nodes: Float64Array;
  skips: Int32Array;
  /** Points of a node, as a range of `order`. */
  starts: Int32Array;
  ends: Int32Array;
  /** Smallest and largest x and y of a node. */
  #boxes: Float64Array;

  constructor(n: number) {
    this.order = Int32Array.from({ length: n }, (_, i) => i);
    this.sorted = new Float64Array(2 * n);
    this.groups = new Int32Array(n);
    const room = 64 + n;
    this.nodes = new Float64Array(room * STRIDE);
    this.#boxes = new Float64Array(room * 4);
    this.skips = new Int32Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }

  /** Sorts the points, x and y alternating, into cells. */
  build(points: Float64Array): void {
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (let at = 0; at < points.length; at += 2) {
      const x = points[at]!;
      const y = points[at + 1]!;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    this.count = 0;
    this.groupCount = 0;
    this.#split(points, 0, this.order.length, minX, minY, maxX - minX, maxY - minY, 0, false);
    for (let at = 0; at < this.order.length; at++) {
      const i = this.order[at]!;
      this.sorted[2 * at] = points[2 * i]!;
      this.sorted[2 * at + 1] = points[2 * i + 1]!;
    }
  }

  #split(
    points: Float64Array,
    from: number,
    to: number,
    x: number,
    y: number,
    width: number,
    height: number,
    depth: number,
    isGrouped: boolean,
  ): void {
    const node = this.count++;
    if (node >= this.skips.length) this.#grow();
    this.starts[node] = from;
    this.ends[node] = to;
    const isLeaf = to - from <= LEAF_SIZE || depth >= MAX_DEPTH || width + height === 0;
    const isGroup = !isGrouped && (isLeaf || to - from <= GROUP_SIZE);
    if (isGroup) this.groups[this.groupCount++] = node;
    if (isLeaf) {
      this.skips[node] = this.count;
      this.#measureLeaf(points, node);
      return;
    }
    const within = isGrouped || isGroup;
    const order = this.order;
    const w = width / 2;
    const h = height / 2;
    const midX = x + w;
    const midY = y + h;
    const middle = partition(order, points, from, to, 1, midY);
    const low = partition(order, points, from, middle, 0, midX);
    const high = partition(order, points, middle, to, 0, midX);
    if (from < low) this.#split(points, from, low, x, y, w, h, depth + 1, within);
    if (low < middle) this.#split(points, low, middle, midX, y, w, h, depth + 1, within);
    if (middle < high) this.#split(points, middle, high, x, midY, w, h, depth + 1, within);
    if (high < to) this.#split(points, high, to, midX, midY, w, h, depth + 1, within);
    this.skips[node] = this.count;
    this.#measureParent(node);
  }

  #measureLeaf(points: Float64Array, node: number): void {
    const from = this.starts[node]!;
    const to = this.ends[node]!;
    let sumX = 0;
    let sumY = 0;
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (let at = from; at < to; at++) {
      const x = points[2 * this.order[at]!]!;
      const y = points[2 * this.order[at]! + 1]!;
      sumX += x;
      sumY += y;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    const centreX = sumX / (to - from);
    const centreY = sumY / (to - from);
    let xx = 0;
    let xy = 0;
    let yy = 0;
    for (let at = from; at < to; at++) {
      const dx = points[2 * this.order[at]!]! - centreX;
      const dy = points[2 * this.order[at]! + 1]! - centreY;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    this.#keep(node, centreX, centreY, minX, minY, maxX, maxY, xx, xy, yy);
  }

  #measureParent(node: number): void {
    const { nodes, skips } = this;
    const boxes = this.#boxes;
    const end = skips[node]!;
    const size = this.ends[node]! - this.starts[node]!;
    let centreX = 0;
    let centreY = 0;
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (let child = node + 1; child < end; child = skips[child]!) {
      const share = nodes[child * STRIDE + MASS]! / size;
      centreX += share * nodes[child * STRIDE + X]!;
      centreY += share * nodes[child * STRIDE + Y]!;
      minX = Math.min(minX, boxes[4 * child]!);
      minY = Math.min(minY, boxes[4 * child + 1]!);
      maxX = Math.max(maxX, boxes[4 * child + 2]!);
      maxY = Math.max(maxY, boxes[4 * child + 3]!);
    }
    let xx = 0;
    let xy = 0;
    let yy = 0;
    for (let child = node + 1; child < end; child = skips[child]!) {
      const at = child * STRIDE;
      const dx = nodes[at + X]! - centreX;
      const dy = nodes[at + Y]! - centreY;
      xx += nodes[at + XX]! + nodes[at + MASS]! * dx * dx;
      xy += nodes[at + XY]! + nodes[at + MASS]! * dx * dy;
      yy += nodes[at + YY]! + nodes[at + MASS]! * dy * dy;
    }
    this.#keep(node, centreX, centreY, minX, minY, maxX, maxY, xx, xy, yy);
  }

  #keep(
    node: number,
    centreX: number,
    centreY: number,
    minX: number,
    minY: number,
    maxX: number,
    maxY: number,
    xx: number,
    xy: number,
    yy: number,
  ): void {
    const nodes = this.nodes;
    const boxes = this.#boxes;
    const at = node * STRIDE;
    const size = this.ends[node]! - this.starts[node]!;
    const reachX = Math.max(centreX - minX, maxX - centreX);
    const reachY = Math.max(centreY - minY, maxY - centreY);
    nodes[at + X] = centreX;
    nodes[at + Y] = centreY;
    nodes[at + MASS] = size;
    nodes[at + RADIUS] = Math.sqrt(reachX * reachX + reachY * reachY);
    nodes[at + XX] = xx;
    nodes[at + XY] = xy;
    nodes[at + YY] = yy;
    nodes[at + SIZE] = Math.cbrt(size * size);
    boxes[4 * node] = minX;
    boxes[4 * node + 1] = minY;
    boxes[4 * node + 2] = maxX;
    boxes[4 * node + 3] = maxY;
  }

  #grow(): void {
    const room = 2 * this.skips.length;
    const wider = <T extends Float64Array | Int32Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    this.nodes = wider(this.nodes, new Float64Array(room * STRIDE));
    this.#boxes = wider(this.#boxes, new Float64Array(room * 4));
    this.skips = wider(this.skips, new Int32Array(room));
    this.starts = wider(this.starts, new Int32Array(room));
    this.ends = wider(this.ends, new Int32Array(room));
  }
}

/** Moves points below `border` to the front; the first position of the others is returned. */
function partition(
  order: Int32Array,
  points: Float64Array,
  from: number,
  to: number,
  axis: 0 | 1,
  border: number,
): number {
  let left = from;
  let right = to - 1;
  for (;;) {
    while (left <= right && points[2 * order[left]! + axis]! < border) left++;
    while (left <= right && points[2 * order[right]! + axis]! >= border) right--;
    if (left > right) return left;
    const swapped = order[left]!;
    order[left++] = order[right]!;
    order[right--] = swapped;
  }
}
