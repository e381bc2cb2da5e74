/** A stream of uniform numbers in [0, 1), fixed by its seed. */
export type Random = () => number;

/**
 * Seeded uniform random numbers with 53 random bits each, two words of sfc32 a number.
 * @param seed - any safe integer, negative ones included; equal seeds give equal streams on every machine.
 * @throws RangeError when the seed is no safe integer.
 */
export function seededRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a safe integer, got ${seed}`);
  const nextWord = sfc32(0, seed | 0, Math.floor(seed / 2 ** 32) | 0);
  return () => ((nextWord() >>> 5) * 2 ** 26 + (nextWord() >>> 6)) / 2 ** 53;
}

/**
 * A stream of 32-bit words (sfc32: 96 chaotic bits and a 32-bit counter, so no cycle is shorter than 2^32).
 * @param a - first seed word; only its low 32 bits count, likewise `b` and `c`.
 * @see Doty-Humphrey, PractRand 0.94, `RNGs::Raw::sfc32` seeded with three words (15 rounds unused).
 */
export function sfc32(a: number, b: number, c: number): () => number {
  let x = a | 0;
  let y = b | 0;
  let z = c | 0;
  let counter = 1;
  const nextWord = (): number => {
    const word = (((x + y) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    x = y ^ (y >>> 9);
    y = (z + (z << 3)) | 0;
    z = (((z << 21) | (z >>> 11)) + word) | 0;
    return word >>> 0;
  };
  for (let round = 0; round < 15; round++) nextWord();
  return nextWord;
}
