/**
 * Fills an array with the next 32-bit words of sfc32: the stream of `sfc32` in random.ts, but many at a time and
 * without a call for each, for loops in which drawing is a large part of the work.
 * @param state - a, b, c and the counter, which starts at 1; changed to continue from. `sfc32` leaves 15 words unused.
 */
export function fillRandomWords(state: Int32Array, words: Uint32Array): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let counter = state[3]!;
  for (let i = 0; i < words.length; i++) {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    words[i] = word;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}
