import { randomExponential, randomIndex, randomItem, randomPoisson } from "../../math/distributions.js";
import type { Random } from "../../math/random.js";
import type { SampleCustomer } from "./customers.js";
import type { SampleDocument, SampleLine } from "./document.js";
import { type Shop, typeProduct } from "./sales.js";

/** A huge order by mistake: so many pieces of something cheap. */
const HUGE_QUANTITY = 9_600;
const CHEAP = 1;

/** Credit notes for a few sales, days later: some lines are cancelled in full, others in part. */
export function cancelSome(random: Random, shop: Shop, sales: readonly SampleDocument[]): SampleDocument[] {
  const credits: SampleDocument[] = [];
  for (const sale of sales) {
    if (random() >= 0.05) continue;
    const minute = shop.calendar.minuteAfter(sale.minute, 1 + randomExponential(random, 20), random);
    if (minute === null) continue;
    const first = randomIndex(random, sale.lines.length);
    const lines = sale.lines.slice(first, first + 1 + randomPoisson(random, 0.4));
    credits.push({ ...sale, kind: "C", minute, lines: lines.map((line) => cancelLine(random, line)) });
  }
  return credits;
}

/** What customers bring back that they bought before the period: no sale in the sample answers to it. */
export function returnFromBefore(
  random: Random,
  shop: Shop,
  customers: readonly SampleCustomer[],
): SampleDocument[] {
  const early = Math.min(45, shop.calendar.length / 4);
  return customers
    .filter(({ role, arrival }) => role === "past" || (arrival < early && random() < 0.06))
    .map(({ id, country, role, arrival }) => {
      const shopDay = random() * (role === "past" ? early : arrival);
      const product = shop.catalogue.draw(random);
      const lines = [
        {
          ...typeProduct(random, shop, product, shopDay),
          quantity: -1 - randomPoisson(random, 3),
          unitPrice: product.price,
        },
      ];
      const minute = shop.calendar.minuteAt(shopDay, random);
      return { kind: "C", minute, customerId: id, country, lines };
    });
}

/** A huge order, noticed and cancelled within minutes. */
export function orderByMistake(random: Random, shop: Shop, customer: SampleCustomer): SampleDocument[] {
  const product = randomItem(
    random,
    shop.catalogue.products.filter(({ price }) => price < CHEAP),
  );
  const typed = typeProduct(random, shop, product, customer.arrival);
  const line = { ...typed, quantity: HUGE_QUANTITY, unitPrice: product.price };
  const minute = shop.calendar.minuteAt(customer.arrival, random);
  const sale: SampleDocument = {
    kind: "",
    minute,
    customerId: customer.id,
    country: customer.country,
    lines: [line],
  };
  const noticed = minute + 3 + randomIndex(random, 15);
  return [sale, { ...sale, kind: "C", minute: noticed, lines: [{ ...line, quantity: -line.quantity }] }];
}

function cancelLine(random: Random, line: SampleLine): SampleLine {
  const isPartial = line.quantity > 1 && random() < 0.5;
  const quantity = isPartial ? 1 + randomIndex(random, line.quantity - 1) : line.quantity;
  return { ...line, quantity: -quantity };
}
