/** A logarithmic axis: values from `low` to `high` drawn from `from` to `to`. */
export interface LogAxis {
  low: number;
  high: number;
  at(value: number): number;
}

/** @param low - above 0. */
export function logAxis(low: number, high: number, from: number, to: number): LogAxis {
  const scale = (to - from) / Math.log(high / low);
  return { low, high, at: (value) => from + Math.log(value / low) * scale };
}

/** The powers of ten around all values, a factor of ten apart at least. */
export function decadesAround(values: readonly number[]): number[] {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}

/**
 * Places near the wanted ones, in the same order, of which no two are nearer than `gap`: who is crowded moves away from
 * the middle of the crowd, and nobody leaves `from` to `to` while there is space.
 */
export function spread(wanted: readonly number[], gap: number, from: number, to: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  const crowds: { sum: number; members: number[] }[] = [];
  const topOf = ({ sum, members }: (typeof crowds)[number]): number => {
    const height = gap * (members.length - 1);
    return Math.max(from, Math.min(to - height, sum / members.length - height / 2));
  };
  for (const i of order) {
    let crowd = { sum: wanted[i]!, members: [i] };
    for (let above = crowds.at(-1); above !== undefined; above = crowds.at(-1)) {
      if (topOf(above) + gap * above.members.length <= topOf(crowd)) break;
      crowd = { sum: above.sum + crowd.sum, members: [...above.members, ...crowd.members] };
      crowds.pop();
    }
    crowds.push(crowd);
  }
  const places = new Array<number>(wanted.length).fill(0);
  for (const crowd of crowds)
    for (const [at, i] of crowd.members.entries()) places[i] = topOf(crowd) + gap * at;
  return places;
}
