import { randomExponential, randomIndex, randomItem, weightedIndex } from "../../math/distributions.js";
import type { Random } from "../../math/random.js";
import { HOME, type SampleDocument } from "./document.js";
import type { Shop } from "./sales.js";

/** What the warehouse typed in place of a description, with weights; mostly nothing. */
const LOSS_WORDS = [
  "",
  "check",
  "damaged",
  "damages",
  "?",
  "??",
  "thrown away",
  "wet/rusty",
  "missing",
  "ebay",
];
const drawLossWord = weightedIndex([62, 10, 8, 5, 5, 2, 3, 2, 2, 1]);
const FINDING_WORDS = ["", "found", "check", "adjustment", "amazon", "Amazon"];
const drawFindingWord = weightedIndex([50, 20, 12, 8, 6, 4]);

/** Stock written off: invoices of one line, quantity below zero, price zero, no customer. */
export function writeOffStock(random: Random, shop: Shop, count: number): SampleDocument[] {
  return Array.from({ length: count }, () =>
    adjustStock(
      random,
      shop,
      LOSS_WORDS[drawLossWord(random)]!,
      -1 - Math.floor(randomExponential(random, 60)),
    ),
  );
}

/** Stock found again: the same with a quantity above zero. */
export function findStock(random: Random, shop: Shop, count: number): SampleDocument[] {
  return Array.from({ length: count }, () =>
    adjustStock(random, shop, FINDING_WORDS[drawFindingWord(random)]!, 1 + randomIndex(random, 200)),
  );
}

/** The sales with a few things given away: a further line at price zero. */
export function giveAway(
  random: Random,
  shop: Shop,
  sales: readonly SampleDocument[],
  count: number,
): SampleDocument[] {
  const lucky = new Set(Array.from({ length: count }, () => randomItem(random, sales)));
  return sales.map((sale) => {
    if (!lucky.has(sale)) return sale;
    const { stockCode, description } = shop.catalogue.draw(random);
    const gift = { stockCode, description, quantity: 1 + randomIndex(random, 4), unitPrice: 0 };
    return { ...sale, lines: [...sale.lines, gift] };
  });
}

function adjustStock(random: Random, shop: Shop, description: string, quantity: number): SampleDocument {
  const { stockCode } = shop.catalogue.draw(random);
  const minute = shop.calendar.minuteAt(random() * shop.calendar.length, random);
  const lines = [{ stockCode, description, quantity, unitPrice: 0 }];
  return { kind: "", minute, customerId: "", country: HOME, lines };
}
