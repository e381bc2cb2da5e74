import {
  randomExponential,
  randomGamma,
  randomItem,
  randomNormal,
  randomPoisson,
} from "../../math/distributions.js";
import type { Random } from "../../math/random.js";
import type { Calendar } from "./calendar.js";
import { type Catalogue, descriptionAt, type Product } from "./catalogue.js";
import type { SampleCustomer } from "./customers.js";
import { HOME, roundMoney, type SampleDocument, type SampleLine } from "./document.js";

/** The stage on which customers act. */
export interface Shop {
  calendar: Calendar;
  catalogue: Catalogue;
}

/** Sizes in which things are packed, ascending. */
const PACKS = [
  1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 36, 48, 60, 72, 96, 144, 192, 240, 288, 360, 480, 600, 720,
];
const BULK_QUANTITY = 24;
const BULK_PRICE = 0.85;
/** Orders on the web are charged with tax and nobody records the customer. */
const WEB_PRICE = 1.99;

/** All orders of a customer: at a steady pace in shop days, until the customer leaves or the period ends. */
export function sellToCustomer(random: Random, shop: Shop, customer: SampleCustomer): SampleDocument[] {
  const sales: SampleDocument[] = [];
  let shopDay = customer.arrival;
  while (shopDay < shop.calendar.length) {
    const country = sales.length > 0 ? customer.laterCountry : customer.country;
    const products = drawProducts(random, shop, 1 + randomPoisson(random, customer.furtherLines));
    const lines = products.map((product) => {
      const money = customer.spendPerLine * Math.exp(0.6 * randomNormal(random));
      const quantity = packedQuantity(money / product.price);
      const unitPrice = quantity < BULK_QUANTITY ? product.price : roundMoney(product.price * BULK_PRICE);
      return { ...typeProduct(random, shop, product, shopDay), quantity, unitPrice };
    });
    const minute = shop.calendar.minuteAt(shopDay, random);
    sales.push({ kind: "", minute, customerId: customer.id, country, lines });
    if (random() < customer.dropout) break;
    shopDay += randomExponential(random, customer.daysBetween);
  }
  return sales;
}

/** Orders without a customer id: few, long and of single pieces, until they hold so many lines. */
export function sellAnonymously(random: Random, shop: Shop, lineCount: number): SampleDocument[] {
  const sales: SampleDocument[] = [];
  for (let written = 0; written < lineCount; written += sales.at(-1)!.lines.length) {
    const shopDay = random() * shop.calendar.length;
    const count = 1 + randomPoisson(random, randomGamma(random, 0.6, 13));
    const lines = drawProducts(random, shop, Math.min(count, lineCount - written)).map((product) => {
      const quantity = 1 + (random() < 0.35 ? randomPoisson(random, 2) : 0);
      const unitPrice = roundMoney(product.price * WEB_PRICE);
      return { ...typeProduct(random, shop, product, shopDay), quantity, unitPrice };
    });
    const country = random() < 0.97 ? HOME : randomItem(random, ["EIRE", "Unspecified"]);
    sales.push({ kind: "", minute: shop.calendar.minuteAt(shopDay, random), customerId: "", country, lines });
  }
  return sales;
}

/** What was typed for a product on a shop day; now and then somebody types the letter of a code small. */
export function typeProduct(
  random: Random,
  { calendar }: Shop,
  product: Product,
  shopDay: number,
): Pick<SampleLine, "stockCode" | "description"> {
  const stockCode = random() < 0.02 ? product.stockCode.toLowerCase() : product.stockCode;
  return { stockCode, description: descriptionAt(product, shopDay / calendar.length) };
}

/** So many different products at most; a product drawn twice is bought once. */
function drawProducts(random: Random, shop: Shop, count: number): Product[] {
  return [...new Set(Array.from({ length: count }, () => shop.catalogue.draw(random)))];
}

/** The largest pack that is not far above a wish, and at least one piece. */
function packedQuantity(wish: number): number {
  return PACKS.findLast((size) => size <= wish * 1.2) ?? 1;
}
