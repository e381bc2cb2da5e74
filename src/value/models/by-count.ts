/** A function of whole numbers that computes each value once. */
export function byCount(f: (count: number) => number): (count: number) => number {
  const known: number[] = [];
  return (count) => {
    const value = known[count];
    if (value !== undefined) return value;
    const computed = f(count);
    known[count] = computed;
    return computed;
  };
}
