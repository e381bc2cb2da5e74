import type { Matrix } from "../math/matrix.js";
import { type BootstrapOptions, bootstrapModels } from "./bootstrap.js";
import type { Histories } from "./histories.js";
import { drawFutures } from "./simulate.js";

/** How the futures of a group are drawn. */
export interface GroupOptions extends Partial<BootstrapOptions> {
  /** Days to come; 90 when left out. */
  days?: number;
  /** Futures; 1000 when left out. */
  draws?: number;
  /** Of customers; 20 when left out. */
  resamples?: number;
  seed: number;
}

/** Revenue of each member (rows) in each future (columns): chance, choice of customers and of models in one. */
export function drawGroupRevenue(
  histories: Histories,
  ids: readonly string[],
  { days = 90, draws = 1000, resamples = 20, seed, ...options }: GroupOptions,
): Matrix {
  const rows = rowsOf("drawGroupRevenue", histories, ids);
  const { models } = bootstrapModels(histories, { ...options, resamples, seed });
  const data = new Float64Array(rows.length * draws);
  models.forEach((model, at) => {
    // The futures from..to are this model's.
    const from = Math.floor((at * draws) / models.length);
    const to = Math.floor(((at + 1) * draws) / models.length);
    if (from === to) return;
    const future = { weeks: days / 7, draws: to - from, seed: seed + at + 1, rows, certain: true };
    const { revenue } = drawFutures(model, histories, future);
    for (let row = 0; row < rows.length; row++)
      for (let draw = from; draw < to; draw++)
        data[row * draws + draw] = revenue.data[row * (to - from) + draw - from]!;
  });
  return { rows: rows.length, columns: draws, data };
}

/** The rows of customers. @throws RangeError when a customer is named twice or has no history. */
export function rowsOf(who: string, { customerIds }: Histories, ids: readonly string[]): number[] {
  if (ids.length === 0) throw new RangeError(`${who} needs at least one customer, got none`);
  const found = new Map(customerIds.map((id, row) => [id, row]));
  if (new Set(ids).size !== ids.length)
    throw new RangeError(`${who} needs each customer once, got ${ids.length - new Set(ids).size} again`);
  return ids.map((id) => {
    const row = found.get(id);
    if (row === undefined)
      throw new RangeError(`${who} knows no customer "${id}" (of ${customerIds.length} with a history)`);
    return row;
  });
}
