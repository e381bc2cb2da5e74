import { addCells, shift, TERMS } from "./expansion.js";
import { MASS, type QuadTree, RADIUS, SIZE, STRIDE, X, XX, Y, YY } from "./quadtree.js";

/**
 * What an expansion leaves out grows with the points of the cell times (r / (1 + R^2))^3, for cells of radii that add
 * up to r with centres R apart. A cell is far when that is less than this share of the same for the whole map, with
 * its points' deviation for both, times the angle's cube. A compact map, of variance 4 or less, may err less.
 * And r is within so many angles of sqrt(1 + R^2): it bounds where such polynomials converge.
 * So the forces are as close to the exact ones as those of Barnes and Hut, who look from each point alone.
 */
const SHARE = 0.12;
const COMPACT = 4;
const HEAP = 0.01;
const REACH = 1.05;
const WIDEST = 0.55;

/**
 * Computes what pushes points apart: near ones one by one, far cells as polynomials that a group's cells hand down.
 * One for each worker.
 * @see Dehnen 2014, Comput. Astrophys. Cosmol. 1:1 (errors told in advance decide which cells are far).
 */
export class Repulsion {
  readonly #tree: QuadTree;
  readonly #angle: number;
  readonly #reach: number;
  /** The nodes that are left to look at for the cell of each depth, one list after the other. */
  #waiting: Int32Array;
  readonly #far: Int32Array;
  readonly #near: Float64Array;
  /** The expansion of the cell of each depth. */
  #expansions: Float64Array = new Float64Array(64 * TERMS);
  #limit = 0;

  /** @param angle - the error of the forces is that of Barnes-Hut at this angle; 0 for exact sums. */
  constructor(tree: QuadTree, angle: number) {
    const n = tree.order.length;
    this.#tree = tree;
    this.#angle = angle;
    this.#reach = Math.min(REACH * angle, WIDEST) ** 2;
    this.#waiting = new Int32Array(4 * n);
    this.#far = new Int32Array(n);
    this.#near = new Float64Array(2 * n);
  }

  /**
   * Sums over all others for each point of a group: q^2 (x - x') and q^2 (y - y') into `pushes`, q into `sums`,
   * with q = 1 / (1 + distance^2).
   */
  ofGroup(group: number, pushes: Float64Array, sums: Float64Array): void {
    const { nodes, groups } = this.#tree;
    const variance = (nodes[XX]! + nodes[YY]!) / nodes[MASS]!;
    const share = Math.cbrt(SHARE * nodes[MASS]!) * this.#angle;
    // Within a heap q is nearly the same for all, and polynomials serve.
    const scale = (variance * variance + HEAP) / ((1 + variance) ** 2 * (COMPACT + variance));
    this.#limit = share * share * scale;
    this.#waiting[0] = 0;
    this.#expansions.fill(0, 0, TERMS);
    this.#visit(groups[group]!, 0, 1, 0, pushes, sums);
  }

  /** Takes what is far from a cell into its expansion and leaves the rest to its children, or to its points. */
  #visit(
    cell: number,
    from: number,
    to: number,
    depth: number,
    pushes: Float64Array,
    sums: Float64Array,
  ): void {
    const { nodes, skips, starts, ends, sorted, count } = this.#tree;
    if (to + count > this.#waiting.length) this.#makeRoom(to + count);
    const waiting = this.#waiting;
    const far = this.#far;
    const near = this.#near;
    const reach = this.#reach;
    const limit = this.#limit;
    const x = nodes[cell * STRIDE + X]!;
    const y = nodes[cell * STRIDE + Y]!;
    const radius = nodes[cell * STRIDE + RADIUS]!;
    const isLeaf = skips[cell] === cell + 1;
    let farCount = 0;
    let nearCount = 0;
    let last = to;
    for (let at = from; at < to; at++) {
      const end = skips[waiting[at]!]!;
      let node = waiting[at]!;
      while (node < end) {
        const numbers = node * STRIDE;
        const dx = nodes[numbers + X]! - x;
        const dy = nodes[numbers + Y]! - y;
        const radii = nodes[numbers + RADIUS]! + radius;
        const apart = 1 + dx * dx + dy * dy;
        const next = skips[node]!;
        if (
          radii * radii <= reach * apart &&
          nodes[numbers + SIZE]! * radii * radii <= limit * apart * apart
        ) {
          far[farCount++] = node;
          node = next;
        } else if (isLeaf) {
          if (next === node + 1) {
            const lastPoint = 2 * ends[node]!;
            for (let c = 2 * starts[node]!; c < lastPoint; c++) near[nearCount++] = sorted[c]!;
          }
          node++;
        } else if (next === node + 1 || nodes[numbers + RADIUS]! <= radius) {
          waiting[last++] = node;
          node = next;
        } else node++;
      }
    }
    addCells(nodes, far, farCount, x, y, this.#expansions, depth * TERMS);
    if (isLeaf) {
      this.#push(cell, depth, nearCount, pushes, sums);
      return;
    }
    const end = skips[cell]!;
    for (let child = cell + 1; child < end; child = skips[child]!) {
      const offsetX = nodes[child * STRIDE + X]! - x;
      const offsetY = nodes[child * STRIDE + Y]! - y;
      shift(this.#expansions, depth * TERMS, (depth + 1) * TERMS, offsetX, offsetY);
      this.#visit(child, to, last, depth + 1, pushes, sums);
    }
  }

  /** The expansion and the near points, for each point of a leaf. */
  #push(leaf: number, depth: number, nearCount: number, pushes: Float64Array, sums: Float64Array): void {
    const { nodes, starts, ends, order, sorted } = this.#tree;
    const near = this.#near;
    const expansions = this.#expansions;
    const from = depth * TERMS;
    const own = from + TERMS;
    for (let at = starts[leaf]!; at < ends[leaf]!; at++) {
      const x = sorted[2 * at]!;
      const y = sorted[2 * at + 1]!;
      shift(expansions, from, own, x - nodes[leaf * STRIDE + X]!, y - nodes[leaf * STRIDE + Y]!);
      let pushX = -0.5 * expansions[own + 1]!;
      let pushY = -0.5 * expansions[own + 2]!;
      // The point itself is among the others, at distance 0.
      let sum = expansions[own]! - 1;
      for (let other = 0; other < nearCount; other += 2) {
        const dx = x - near[other]!;
        const dy = y - near[other + 1]!;
        const q = 1 / (1 + dx * dx + dy * dy);
        sum += q;
        pushX += q * q * dx;
        pushY += q * q * dy;
      }
      const i = order[at]!;
      pushes[2 * i] = pushX;
      pushes[2 * i + 1] = pushY;
      sums[i] = sum;
    }
  }

  #makeRoom(atLeast: number): void {
    const wider = new Int32Array(2 * atLeast);
    wider.set(this.#waiting);
    this.#waiting = wider;
  }
}
