/** Looks at whether the others have come before a worker sleeps: most waits are shorter than a wake-up. */
const SPINS = 2_000;

const ARRIVED = 0;
const ROUND = 1;

/** Length of the shared integers that a team meets with. */
export const BARRIER_SLOTS = 2;

/**
 * Waits until all of a team have come here; what each wrote before, all see after. Not for the main thread.
 * @param state - shared, BARRIER_SLOTS zeros at first, used for nothing else.
 */
export function meet(state: Int32Array, team: number): void {
  if (team === 1) return;
  const round = Atomics.load(state, ROUND);
  if (Atomics.add(state, ARRIVED, 1) === team - 1) {
    Atomics.store(state, ARRIVED, 0);
    Atomics.add(state, ROUND, 1);
    Atomics.notify(state, ROUND);
    return;
  }
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(state, ROUND) !== round) return;
  while (Atomics.load(state, ROUND) === round) Atomics.wait(state, ROUND, round);
}
