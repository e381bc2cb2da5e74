import { formatNumber } from "../format.js";
import type { SweepRow } from "./sweep.js";

/**
 * The sentence that must stand beside silhouettes of a sweep that are estimates: how far their intervals reach.
 * @returns empty where all are exact.
 */
export function silhouetteNote(rows: readonly Pick<SweepRow<unknown>, "inTruth">[]): string {
  const reaches = rows.flatMap(({ inTruth: { silhouetteInterval } }) =>
    silhouetteInterval === null ? [] : [(silhouetteInterval.high - silhouetteInterval.low) / 2],
  );
  if (reaches.length === 0) return "";
  const widest = formatNumber(Math.max(...reaches), 3);
  return `Silhouettes are estimates from customers drawn at random, the same for every labelling: their 95% intervals reach at most ${widest} to either side.`;
}
