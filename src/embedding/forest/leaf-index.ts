import { NearestList, type Neighbours } from "../../math/nearest-list.js";
import type { DistanceSpace } from "../quality/space.js";

/**
 * Who shares leaves with whom. The distance of two customers is the share of trees in which their leaves differ.
 */
export class LeafIndex implements DistanceSpace {
  readonly rows: number;
  readonly #trees: number;
  readonly #leaves: Int32Array;
  /** For each tree, where the rows of a leaf start in `#members`. */
  readonly #starts: Int32Array[];
  readonly #members: Int32Array[];
  /** Trees shared with each row by the customer that is looked at, and the rows with any. */
  readonly #shared: Int32Array;
  readonly #touched: Int32Array;

  /** @param leaves - n x trees, from `Forest.apply`. */
  constructor(leaves: Int32Array, trees: number) {
    this.rows = leaves.length / trees;
    this.#trees = trees;
    this.#leaves = leaves;
    this.#shared = new Int32Array(this.rows);
    this.#touched = new Int32Array(this.rows);
    this.#starts = [];
    this.#members = [];
    for (let t = 0; t < trees; t++) {
      let largest = 0;
      for (let at = t; at < leaves.length; at += trees) largest = Math.max(largest, leaves[at]!);
      const starts = new Int32Array(largest + 2);
      for (let at = t; at < leaves.length; at += trees) starts[leaves[at]! + 1]!++;
      for (let leaf = 0; leaf <= largest; leaf++) starts[leaf + 1]! += starts[leaf]!;
      const next = starts.slice();
      const members = new Int32Array(this.rows);
      for (let i = 0; i < this.rows; i++) members[next[leaves[i * trees + t]!]!++] = i;
      this.#starts.push(starts);
      this.#members.push(members);
    }
  }

  /** Writes the distances of row `i` to all rows. */
  distancesFrom(i: number, distances: Float64Array): void {
    const count = this.#countShared(this.#leaves, i);
    distances.fill(1);
    for (const j of this.#touched.subarray(0, count)) distances[j] = this.#distance(j);
    this.#forget(count);
  }

  /** The `k` nearest other rows of each row; ties broken by index. */
  nearestNeighbours(k: number): Neighbours {
    return this.#nearest(this.#leaves, this.rows, k, true);
  }

  /** The `k` nearest rows of new customers. @param leaves - m x trees. */
  nearestTo(leaves: Int32Array, k: number): Neighbours {
    return this.#nearest(leaves, leaves.length / this.#trees, k, false);
  }

  #nearest(leaves: Int32Array, queries: number, k: number, skipsItself: boolean): Neighbours {
    const indices = new Int32Array(queries * k);
    const distances = new Float64Array(queries * k);
    const list = new NearestList(k);
    for (let i = 0; i < queries; i++) {
      const count = this.#countShared(leaves, i);
      for (const j of this.#touched.subarray(0, count))
        if (!(skipsItself && j === i)) list.offer(this.#distance(j), j);
      // Those without a common leaf are all at distance 1, and come in by their index.
      for (let j = 0; j < this.rows && list.worst === Infinity; j++)
        if (this.#shared[j] === 0 && !(skipsItself && j === i)) list.offer(1, j);
      this.#forget(count);
      list.drain(indices, distances, i * k, (distance) => distance);
    }
    return { rows: queries, k, indices, distances };
  }

  /** @returns how many rows share a leaf with the customer. */
  #countShared(leaves: Int32Array, i: number): number {
    const shared = this.#shared;
    const touched = this.#touched;
    let count = 0;
    for (let t = 0; t < this.#trees; t++) {
      const leaf = leaves[i * this.#trees + t]!;
      const starts = this.#starts[t]!;
      const members = this.#members[t]!;
      // No fitted customer may be in so late a leaf.
      if (leaf + 1 >= starts.length) continue;
      const end = starts[leaf + 1]!;
      for (let at = starts[leaf]!; at < end; at++) {
        const j = members[at]!;
        if (shared[j]! === 0) touched[count++] = j;
        shared[j]!++;
      }
    }
    return count;
  }

  #forget(count: number): void {
    for (let at = 0; at < count; at++) this.#shared[this.#touched[at]!] = 0;
  }

  #distance(j: number): number {
    return (this.#trees - this.#shared[j]!) / this.#trees;
  }
}
