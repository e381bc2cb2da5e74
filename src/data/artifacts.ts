import { cycles } from "./cycles.js";

/** What to do to get an artifact of a workspace: which notebook writes it. */
export function howToGet(artifact: string): string {
  const cycle = cycles.find(({ writes }) => writes.includes(artifact));
  return cycle === undefined
    ? "no notebook is known to write it"
    : `run notebook ${cycle.name.slice(0, 2)} first`;
}
