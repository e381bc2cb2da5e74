/** Which candidates no other one beats. */
export interface ParetoFront {
  /** Their positions, ascending. */
  front: Int32Array;
  /** For each candidate, how many others beat it; 0 on the front. */
  beatenBy: Int32Array;
}

/**
 * The candidates that cannot be bettered in one objective without a loss in another. One beats another when it is at
 * least as good in all objectives and better in one; candidates that are equal in all do not beat each other, so that
 * ties stand on the front together.
 * @param objectives - by name, a value for each candidate; larger is better. Turn the sign of what should be small.
 * @throws RangeError without objectives, when they differ in length or a value is NaN.
 */
export function paretoFront(objectives: Readonly<Record<string, ArrayLike<number>>>): ParetoFront {
  const columns = Object.values(objectives);
  const count = check(objectives);
  const beatenBy = new Int32Array(count);
  for (let one = 0; one < count; one++)
    for (let other = 0; other < count; other++) if (beats(columns, other, one)) beatenBy[one]!++;
  const front = Int32Array.from(beatenBy.keys()).filter((candidate) => beatenBy[candidate] === 0);
  return { front, beatenBy };
}

function beats(objectives: readonly ArrayLike<number>[], one: number, other: number): boolean {
  let isBetter = false;
  for (const values of objectives) {
    if (values[one]! < values[other]!) return false;
    if (values[one]! > values[other]!) isBetter = true;
  }
  return isBetter;
}

/** How many candidates there are. */
function check(objectives: Readonly<Record<string, ArrayLike<number>>>): number {
  const [first, ...others] = Object.entries(objectives);
  if (first === undefined) throw new RangeError("paretoFront needs at least 1 objective, got none");
  const count = first[1].length;
  for (const [name, values] of others)
    if (values.length !== count)
      throw new RangeError(
        `paretoFront needs a value for each candidate, got ${count} of ${first[0]} and ${values.length} of ${name}`,
      );
  for (const [name, values] of [first, ...others])
    for (let candidate = 0; candidate < count; candidate++)
      if (Number.isNaN(values[candidate]))
        throw new RangeError(
          `paretoFront needs values that compare, got NaN of ${name} (candidate ${candidate})`,
        );
  return count;
}
