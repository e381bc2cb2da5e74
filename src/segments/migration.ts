/** Customers of a segment at two dates. */
export interface Migration {
  segments: string[];
  /** Row: segment at the first date; column: at the second. Customers. */
  moved: number[][];
  /** The same as shares of the row; NaN for an empty row. */
  shares: number[][];
  /** Known at the second date only, by segment. */
  arrived: number[];
  /** Known at the first date only, by segment. */
  gone: number[];
  /** Share of the customers known at both dates who are in the same segment; NaN without any. */
  stayed: number;
}

/** Who was in which segment at a date. */
export interface SegmentsAt {
  ids: readonly string[];
  /** The name of each customer's segment, or null for none. */
  segments: readonly (string | null)[];
}

/**
 * How many customers moved from which segment to which between two dates. Both are placed by one model, so that a move
 * is the customer's and not the model's.
 * @param names - all segments, in order of value.
 * @throws RangeError for a segment that is not among the names, or lengths that differ.
 */
export function migrationBetween(before: SegmentsAt, after: SegmentsAt, names: readonly string[]): Migration {
  const positions = new Map(names.map((name, at) => [name, at]));
  const placed = ({ ids, segments }: SegmentsAt): Map<string, number> => {
    if (ids.length !== segments.length)
      throw new RangeError(
        `migrationBetween needs a segment for each of ${ids.length} customers, got ${segments.length}`,
      );
    const known = new Map<string, number>();
    ids.forEach((id, i) => {
      const name = segments[i]!;
      if (name === null) return;
      const at = positions.get(name);
      if (at === undefined)
        throw new RangeError(`migrationBetween knows the segments ${names.join(", ")}, got "${name}"`);
      known.set(id, at);
    });
    return known;
  };
  const [first, second] = [placed(before), placed(after)];
  const moved = names.map(() => names.map(() => 0));
  const [arrived, gone] = [names.map(() => 0), names.map(() => 0)];
  let [same, both] = [0, 0];
  for (const [id, from] of first) {
    const to = second.get(id);
    if (to === undefined) {
      gone[from]!++;
      continue;
    }
    moved[from]![to]!++;
    both++;
    if (from === to) same++;
  }
  for (const [id, to] of second) if (!first.has(id)) arrived[to]!++;
  const shares = moved.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => count / total);
  });
  return { segments: [...names], moved, shares, arrived, gone, stayed: same / both };
}
