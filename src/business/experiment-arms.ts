import { randomIndex } from "../math/distributions.js";
import { type Random, seededRandom } from "../math/random.js";
import { averageRanks, rankCodes } from "../statistics/ranks.js";
import { requireSample } from "../statistics/test-checks.js";

/** Who gets the programme and who does not yet. */
export type Arm = "programme" | "control";

/** A customer who takes part, and the group within which arms are dealt out evenly. */
export interface Participant {
  id: string;
  stratum: string;
}

export interface ArmOptions {
  /** Share that gets the programme; 0.5 when left out. */
  share?: number;
  seed: number;
}

/**
 * The band of each customer's revenue, from 0: as many customers in each as ties allow; equal revenue, equal band.
 * @throws RangeError for no customers, what is not finite, or no whole number of bands.
 */
export function revenueBands(revenue: ArrayLike<number>, bands = 4): Int32Array {
  const values = requireSample("revenueBands", revenue, 1);
  if (!Number.isInteger(bands) || bands < 1)
    throw new RangeError(`revenueBands needs a positive whole number of bands, got ${bands}`);
  const { codes, counts } = rankCodes(values);
  const ranks = averageRanks(counts);
  return codes.map((code) => Math.min(bands - 1, Math.floor(((ranks[code]! - 0.5) / values.length) * bands)));
}

/**
 * The arm of each customer, dealt at random within strata.
 *
 * The same customers and the same seed give the same arms whatever the order of rows. Shares hold in each stratum and
 * over all strata taken together, to one customer.
 * @returns in the order given.
 * @throws RangeError when an id is there twice or the share lies outside (0, 1).
 */
export function assignArms(participants: readonly Participant[], options: ArmOptions): Arm[] {
  const { share = 0.5, seed } = options;
  if (!(share > 0 && share < 1))
    throw new RangeError(`assignArms needs a share between 0 and 1, got ${share}`);
  const strata = groupByStratum(participants);
  const random = seededRandom(seed);
  const arms: Arm[] = new Array(participants.length).fill("control");
  // Of the fractions that strata leave, the next takes over: where the first one starts is random.
  let owed = random();
  for (const rows of strata) {
    shuffle(rows, random);
    owed += rows.length * share;
    const count = Math.floor(owed);
    owed -= count;
    for (const row of rows.slice(0, count)) arms[row] = "programme";
  }
  return arms;
}

/** Rows of each stratum, strata and ids in the order of their code units. */
function groupByStratum(participants: readonly Participant[]): number[][] {
  const seen = new Set<string>();
  const strata = new Map<string, number[]>();
  const byId = participants
    .map((_, row) => row)
    .sort((i, j) => compare(participants[i]!.id, participants[j]!.id));
  for (const row of byId) {
    const { id, stratum } = participants[row]!;
    if (seen.has(id)) throw new RangeError(`assignArms needs each customer once, got ${id} twice`);
    seen.add(id);
    const rows = strata.get(stratum);
    if (rows === undefined) strata.set(stratum, [row]);
    else rows.push(row);
  }
  return [...strata].sort(([a], [b]) => compare(a, b)).map(([, rows]) => rows);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function shuffle(rows: number[], random: Random): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const other = randomIndex(random, i + 1);
    [rows[i], rows[other]] = [rows[other]!, rows[i]!];
  }
}
