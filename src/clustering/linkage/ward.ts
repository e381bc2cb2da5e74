import type { Matrix } from "../../math/matrix.js";
import { emptyMerges, type FoundMerges } from "./merges.js";

/** Rounding must not hide a tie from the comparison that settles it. */
const SLACK = 1 + 1e-14;

/**
 * Merges that add least to the squared distances within clusters, by chains of nearest neighbours over centres and sizes:
 * memory grows with the rows, no distance is kept.
 * Of clusters equally near the one before in the chain is taken, else the one whose last row comes first.
 * @see Ward 1963, J. Am. Stat. Assoc. 58:236-244; Murtagh 1983, Comput. J. 26:354-359.
 */
export function wardMerges(X: Matrix): FoundMerges {
  const merges = emptyMerges(X.rows);
  const clusters = new Clusters(X);
  const chain = clusters.chain;
  for (let merge = 0; merge < merges.heights.length; ) {
    if (chain.length === 0) clusters.push(clusters.firstSlot());
    const top = chain.at(-1)!;
    const previous = chain.at(-2) ?? -1;
    const nearest = clusters.nearest(top, previous);
    if (nearest !== previous) clusters.push(nearest);
    else {
      merges.first[merge] = clusters.lastRows[previous]!;
      merges.second[merge] = clusters.lastRows[top]!;
      merges.heights[merge] = Math.sqrt(2 * clusters.cost(top, previous));
      clusters.merge(previous, top);
      merge++;
    }
  }
  return merges;
}

/** The clusters there are now, side by side in memory: a merge moves the last one into the place that it frees. */
class Clusters {
  readonly #columns: number;
  readonly #centres: Float64Array;
  readonly #sizes: Float64Array;
  /** 1 / size. */
  readonly #shares: Float64Array;
  #count: number;
  /** The last row of each cluster, which names it. */
  readonly lastRows: Int32Array;
  /** Slots, each the nearest of the one before. */
  readonly chain: number[] = [];
  /** Where a slot stands in the chain, or -1. */
  readonly #places: Int32Array;

  constructor({ rows, columns, data }: Matrix) {
    this.#columns = columns;
    this.#centres = data.slice();
    this.#sizes = new Float64Array(rows).fill(1);
    this.#shares = new Float64Array(rows).fill(1);
    this.#count = rows;
    this.lastRows = Int32Array.from({ length: rows }, (_, i) => i);
    this.#places = new Int32Array(rows).fill(-1);
  }

  /** The cluster whose last row comes first. */
  firstSlot(): number {
    let first = 0;
    for (let slot = 1; slot < this.#count; slot++)
      if (this.lastRows[slot]! < this.lastRows[first]!) first = slot;
    return first;
  }

  push(slot: number): void {
    const { chain } = this;
    const place = this.#places[slot]!;
    if (place >= 0) {
      // Rounding led back into the chain: what lies between is given up. The last step is the shortest all the same.
      const top = chain.at(-1)!;
      for (const passed of chain.splice(place + 1)) this.#places[passed] = -1;
      this.push(top);
      return;
    }
    this.#places[slot] = chain.length;
    chain.push(slot);
  }

  /** What merging two adds to half the squared distances within clusters; the same in either order. */
  cost(a: number, b: number): number {
    let sum = 0;
    const columns = this.#columns;
    for (let j = 0, p = a * columns, q = b * columns; j < columns; j++, p++, q++) {
      const gap = this.#centres[p]! - this.#centres[q]!;
      sum += gap * gap;
    }
    return sum / (this.#shares[a]! + this.#shares[b]!);
  }

  /** The cluster cheapest to merge with; `previous` unless another is cheaper. */
  nearest(of: number, previous: number): number {
    const columns = this.#columns;
    const centres = this.#centres;
    const shares = this.#shares;
    const count = this.#count;
    const share = shares[of]!;
    const centre = centres.slice(of * columns, (of + 1) * columns);
    let nearest = previous;
    let best = previous < 0 ? Infinity : this.cost(of, previous);
    let limit = best * SLACK;
    for (let slot = 0, cell = 0; slot < count; slot++) {
      const bound = limit * (share + shares[slot]!);
      const end = cell + columns;
      let sum = 0;
      // What is too far away by some columns is so by all.
      for (let j = 0; cell < end && sum <= bound; j++, cell++) {
        const gap = centre[j]! - centres[cell]!;
        sum += gap * gap;
      }
      cell = end;
      if (sum > bound || slot === of) continue;
      const cost = sum / (share + shares[slot]!);
      if (cost < best || (cost === best && nearest !== previous && this.#comesFirst(slot, nearest))) {
        best = cost;
        limit = best * SLACK;
        nearest = slot;
      }
    }
    return nearest;
  }

  /** Merges the last two of the chain. */
  merge(a: number, b: number): void {
    const columns = this.#columns;
    const centres = this.#centres;
    this.chain.length -= 2;
    this.#places[a] = -1;
    this.#places[b] = -1;
    const size = this.#sizes[a]! + this.#sizes[b]!;
    const weight = this.#sizes[b]! / size;
    // Written as a step from one centre to the other, two equal centres stay what they are.
    for (let j = 0, p = a * columns, q = b * columns; j < columns; j++, p++, q++)
      centres[p]! += (centres[q]! - centres[p]!) * weight;
    this.#sizes[a] = size;
    this.#shares[a] = 1 / size;
    this.lastRows[a] = Math.max(this.lastRows[a]!, this.lastRows[b]!);
    this.#move(--this.#count, b);
  }

  #move(from: number, to: number): void {
    if (from === to) return;
    const columns = this.#columns;
    this.#centres.copyWithin(to * columns, from * columns, (from + 1) * columns);
    this.#sizes[to] = this.#sizes[from]!;
    this.#shares[to] = this.#shares[from]!;
    this.lastRows[to] = this.lastRows[from]!;
    const place = this.#places[from]!;
    this.#places[to] = place;
    if (place >= 0) this.chain[place] = to;
  }

  #comesFirst(a: number, b: number): boolean {
    return this.lastRows[a]! < this.lastRows[b]!;
  }
}
