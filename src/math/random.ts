/** A stream of uniform numbers in [0, 1), fixed by its seed. */
export type Random = () => number;

/**
 * Seeded uniform random numbers (sfc32, 128 bits of state).
 * @param seed - any integer; equal seeds give equal streams on every machine.
 * @see Doty-Humphrey, PractRand, the "sfc32" generator; passes PractRand to 2 TB and BigCrush.
 */
export function seededRandom(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`a seed is an integer, got ${seed}`);
  let a = 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}
