import type { Database } from "../data/database.js";
import { isDay } from "../features/days.js";
import { standingSales } from "../features/lines-at.js";
import { adjustPValues } from "../statistics/adjust-p-values.js";
import { fisherPValue } from "../statistics/fisher-exact.js";
import type { Interval } from "../statistics/test-result.js";
import { lift } from "../statistics/two-proportions.js";

/** Who bought a product. */
export interface ProductBuyers {
  product: string;
  description: string;
  /** Each customer once. */
  buyers: readonly string[];
}

/** A product in a segment beside the same product in the rest. */
export interface ProductLift {
  product: string;
  description: string;
  /** Customers of the segment, and of the rest, who bought it. */
  buyers: number;
  restBuyers: number;
  /** Share of the segment's customers (or choices) that it has over that of the rest. */
  lift: number;
  interval: Interval;
  /** Adjusted for all products looked at (Benjamini and Hochberg). */
  pValue: number;
}

export interface ProductOptions {
  /**
   * What shares are of: "customers" (the default), or "choices", pairs of a customer and a product bought. Who buys
   * more products at all has a lift above 1 per customer for nearly every one of them; per choice only for those that
   * are chosen more often. Choices of one customer are taken as independent, so that their intervals are rather narrow.
   */
  per?: "customers" | "choices";
  /** Fewest buyers in the segment; 20 when left out. */
  least?: number;
  /** Largest adjusted p; 0.05 when left out. */
  alpha?: number;
}

/**
 * Products that more of a segment's customers bought than of the rest, highest lift first (by the lower end of its
 * interval, so that few buyers do not lead). Fisher's exact test, adjusted for all products that enough customers of
 * the segment bought.
 * @param members - ids of the segment; `others` ids of all other customers.
 * @throws RangeError when a side is empty or a customer is on both.
 */
export function overRepresented(
  products: readonly ProductBuyers[],
  { members, others }: { members: readonly string[]; others: readonly string[] },
  { per = "customers", least = 20, alpha = 0.05 }: ProductOptions = {},
): ProductLift[] {
  const [inside, outside] = [new Set(members), new Set(others)];
  if (inside.size === 0 || outside.size === 0)
    throw new RangeError(
      `overRepresented needs a segment and a rest, got ${inside.size} and ${outside.size} customers`,
    );
  const both = members.find((id) => outside.has(id));
  if (both !== undefined)
    throw new RangeError(`overRepresented needs each customer on one side, got "${both}" on both`);
  const counted = products.map(({ product, description, buyers }) => ({
    product,
    description,
    buyers: buyers.filter((id) => inside.has(id)).length,
    restBuyers: buyers.filter((id) => outside.has(id)).length,
  }));
  const choices = (of: "buyers" | "restBuyers"): number => counted.reduce((sum, row) => sum + row[of], 0);
  const ownTrials = per === "customers" ? inside.size : choices("buyers");
  const restTrials = per === "customers" ? outside.size : choices("restBuyers");
  // Without a choice in the rest there is nothing to compare with.
  const looked = restTrials === 0 ? [] : counted.filter(({ buyers }) => buyers > 0 && buyers >= least);
  const tested = looked.map((row) => {
    const [own, rest] = [row.buyers, row.restBuyers];
    const found = lift({ successes: own, trials: ownTrials }, { successes: rest, trials: restTrials });
    const table = [
      [own, ownTrials - own],
      [rest, restTrials - rest],
    ] as const;
    const raw = Math.max(0, fisherPValue(table, "greater"));
    return { ...row, lift: found.value, interval: found.interval, raw };
  });
  const adjusted = adjustPValues(
    tested.map(({ raw }) => raw),
    "benjamini-hochberg",
  );
  return tested
    .map(({ raw: _, ...row }, i) => ({ ...row, pValue: adjusted[i]! }))
    .filter(({ pValue, lift: value }) => pValue <= alpha && value > 1)
    .sort(
      (a, b) => b.interval.low - a.interval.low || b.buyers - a.buyers || (a.product < b.product ? -1 : 1),
    );
}

/**
 * For each customer the products of this list that they have not bought yet, in its order.
 * @param most - products a customer; 3 when left out.
 */
export function offersFor(
  ids: readonly string[],
  list: readonly ProductLift[],
  products: readonly ProductBuyers[],
  most = 3,
): { id: string; offers: ProductLift[] }[] {
  const buyersOf = new Map(products.map(({ product, buyers }) => [product, new Set(buyers)]));
  return ids.map((id) => ({
    id,
    offers: list.filter(({ product }) => buyersOf.get(product)?.has(id) !== true).slice(0, most),
  }));
}

/**
 * Who bought which product before a day, from `purchases` and `excluded_rows`: a sale that is cancelled on that day or
 * later counts. Products in order of their code, with their most frequent description.
 * @throws RangeError for a date that is none.
 */
export async function readProductBuyers(db: Database, before: string): Promise<ProductBuyers[]> {
  if (!isDay(before)) throw new RangeError(`readProductBuyers needs a date YYYY-MM-DD, got "${before}"`);
  const rows = await db.rows<{ product: string; id: string; description: string }>(
    `WITH sold AS (
       SELECT stock_code, customer_id, description FROM (${standingSales(before)}) WHERE customer_id IS NOT NULL
     ), named AS (
       SELECT stock_code, description FROM sold WHERE description IS NOT NULL GROUP BY stock_code, description
       QUALIFY row_number() OVER (PARTITION BY stock_code ORDER BY count(*) DESC, description) = 1
     )
     SELECT DISTINCT stock_code AS product, customer_id AS id, coalesce(named.description, '') AS description
     FROM sold LEFT JOIN named USING (stock_code) ORDER BY product, id`,
  );
  const found = new Map<string, { product: string; description: string; buyers: string[] }>();
  for (const { product, id, description } of rows) {
    const known = found.get(product) ?? { product, description, buyers: [] };
    known.buyers.push(id);
    found.set(product, known);
  }
  return [...found.values()];
}
