/** The nearest points of each of several queries, nearest first. */
export interface Neighbours {
  /** Queries. */
  rows: number;
  /** Neighbours of each. */
  k: number;
  /** rows x k positions of points. */
  indices: Int32Array;
  /** rows x k distances. */
  distances: Float64Array;
}

/**
 * The `k` best points offered so far, as a heap with the worst on top. A point is worse when it is farther away or,
 * at the same distance, has the higher index, so the outcome does not depend on the order of offers.
 */
export class NearestList {
  readonly #k: number;
  readonly #distances: Float64Array;
  readonly #indices: Int32Array;
  #size = 0;
  /** Distance that an offer must not exceed; infinite until `k` points are in. */
  worst: number = Infinity;

  constructor(k: number) {
    this.#k = k;
    this.#distances = new Float64Array(k);
    this.#indices = new Int32Array(k);
  }

  /** Takes a point unless `k` better ones are in. */
  offer(distance: number, index: number): void {
    if (this.#size < this.#k) {
      this.#rise(this.#size++, distance, index);
      if (this.#size === this.#k) this.worst = this.#distances[0]!;
    } else if (distance < this.worst || (distance === this.worst && index < this.#indices[0]!)) {
      this.#sink(this.#size, distance, index);
      this.worst = this.#distances[0]!;
    }
  }

  /** Writes the points from `at` on, nearest first, each distance as `measure` gives it; empties the list. */
  drain(
    indices: Int32Array,
    distances: Float64Array,
    at: number,
    measure: (distance: number) => number,
  ): void {
    for (let size = this.#size - 1; size >= 0; size--) {
      indices[at + size] = this.#indices[0]!;
      distances[at + size] = measure(this.#distances[0]!);
      this.#sink(size, this.#distances[size]!, this.#indices[size]!);
    }
    this.#size = 0;
    this.worst = Infinity;
  }

  #rise(from: number, distance: number, index: number): void {
    const distances = this.#distances;
    const indices = this.#indices;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isWorse(distance, index, distances[parent]!, indices[parent]!)) break;
      distances[at] = distances[parent]!;
      indices[at] = indices[parent]!;
      at = parent;
    }
    distances[at] = distance;
    indices[at] = index;
  }

  #sink(size: number, distance: number, index: number): void {
    const distances = this.#distances;
    const indices = this.#indices;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const other = child + 1;
      if (other < size && isWorse(distances[other]!, indices[other]!, distances[child]!, indices[child]!))
        child = other;
      if (!isWorse(distances[child]!, indices[child]!, distance, index)) break;
      distances[at] = distances[child]!;
      indices[at] = indices[child]!;
      at = child;
    }
    distances[at] = distance;
    indices[at] = index;
  }
}

function isWorse(distance: number, index: number, otherDistance: number, otherIndex: number): boolean {
  return distance > otherDistance || (distance === otherDistance && index > otherIndex);
}
