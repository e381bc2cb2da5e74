import { seededRandom } from "#src/math/random.js";
import type { InvoiceLine } from "#src/types.js";
import { pick } from "../../cleaning/support.js";

type Line = Partial<InvoiceLine>;

const CODES = ["22423", "85123A", "85123a", "47566", "21212", "84879", "20725", "POST", "gift_0001_20"];
/** What those who come often choose besides. */
const LIKED = ["23084", "23084", "23084", "22086", "22197", "22197"];
/** Edges of days, of the morning and of the shop's hours. */
const TIMES = ["00:00:00", "09:30:00", "11:59:59", "12:00:00", "17:45:00", "23:59:59"];

/**
 * Thirteen months of a small shop full of traps: sales undone at once, later, or after a day that is looked at; more
 * returned than bought; customers who only return, or whose every sale is undone; lines without a customer, of no
 * product, of next to no price; orders over midnight and on the edges of days and periods; ties in orders, revenue and
 * choices.
 */
export function trappedShop(seed: number): Line[] {
  const random = seededRandom(seed);
  let invoice = 536_000;
  const lines: Line[] = [];
  for (let customer = 0; customer < 160; customer++) {
    const kind = customer % 4;
    // Every fourth comes often, up to the end; another fourth a few times; the others once.
    const visits = kind === 0 ? 4 + Math.floor(random() * 16) : kind === 1 ? 2 + Math.floor(random() * 4) : 1;
    const start = Math.floor(random() * (kind === 0 ? 120 : 330));
    const shared: Line = {
      customerId: `${12_000 + customer}`,
      country: pick(random, ["United Kingdom", "United Kingdom", "United Kingdom", "France", null]),
    };
    const size = pick(random, [1, 1, 2, 5, 15]);
    for (let visit = 0; visit < visits; visit++) {
      const day = start + Math.floor(((visit + random()) * (373 - start)) / visits);
      lines.push(...order(random, shared, { day, invoice: invoice++, isLarge: kind === 0, size }));
    }
  }
  return [...lines, ...oddCustomers(), ...edges(), ...nobodys(random)];
}

function order(
  random: () => number,
  shared: Line,
  { day, invoice, isLarge, size }: { day: number; invoice: number; isLarge: boolean; size: number },
): Line[] {
  const at = `${dayAt(day)} ${pick(random, TIMES)}`;
  const sold = Array.from(
    { length: 1 + Math.floor(random() * (isLarge ? 6 : 3)) },
    (): Line => ({
      ...shared,
      invoiceNo: String(invoice),
      stockCode: pick(random, isLarge ? [...CODES, ...LIKED] : CODES),
      description: pick(random, ["HEART", "HEART ", "CAKE STAND", null]),
      quantity: size * pick(random, isLarge ? [12, 24, 48] : [6, 6, 12]),
      unitPrice: pick(random, [0.03, 0.04, 1.25, 2.95, 4.95]),
      invoicedAt: at,
    }),
  );
  const [first] = sold as [Line];
  const later = `${dayAt(Math.min(373, day + pick(random, [0, 1, 20, 80])))} 23:59:59`;
  const chance = random();
  const back: Line = { ...first, invoiceNo: `C${invoice}`, invoicedAt: later, quantity: -first.quantity! };
  if (chance < 0.12) return [...sold, back];
  if (chance < 0.2) return [...sold, { ...back, quantity: -1 }];
  // Goods bought before the data begin, and twice what was bought.
  if (chance < 0.23) return [...sold, { ...back, quantity: -500 }];
  if (chance < 0.26) return [...sold, back, { ...back, invoiceNo: `C9${invoice}` }];
  // Over midnight.
  if (chance < 0.3)
    return [...sold, { ...first, stockCode: "21212", invoicedAt: `${dayAt(day + 1)} 00:00:00` }];
  return sold;
}

/** Who leaves no row, and twins that tie. */
function oddCustomers(): Line[] {
  const line = (customerId: string, more: Line): Line => ({ customerId, stockCode: "22423", ...more });
  const twins = ["19001", "19002", "19003", "19004"].map((id, i) =>
    line(id, {
      invoiceNo: `${590_000 + i}`,
      quantity: 48,
      unitPrice: 4.95,
      invoicedAt: "2011-08-01 12:00:00",
    }),
  );
  return [
    ...twins,
    line("19101", { invoiceNo: "C590100", quantity: -6 }),
    line("19102", { invoiceNo: "590101", quantity: 6 }),
    line("19102", { invoiceNo: "C590102", quantity: -6, invoicedAt: "2011-01-10 10:00:00" }),
    line("19103", { invoiceNo: "590103", quantity: 6, invoicedAt: "2011-10-10 10:00:00" }),
    line("19103", { invoiceNo: "C590104", quantity: -6, invoicedAt: "2011-11-30 10:00:00" }),
    line("19104", { invoiceNo: "590105", stockCode: "POST", quantity: 1 }),
  ];
}

/** Mornings that are looked at: those from which periods of 90 days run, and some first days of months. */
const MORNINGS = [
  ...["2011-03-15", "2011-06-13", "2011-09-11", "2011-02-18", "2011-05-19", "2011-08-17", "2011-11-15"],
  ...["2011-04-01", "2011-10-01", "2011-12-01"],
];

/** At midnight of each morning somebody buys, and somebody takes back what he bought; so does one a second before. */
function edges(): Line[] {
  const times = MORNINGS.flatMap((day) => [`${day} 00:00:00`, `${dayAt(dayOf(day) - 1)} 23:59:59`]);
  const line = { quantity: 96, unitPrice: 2.95 };
  const bought = times.map((invoicedAt, i) => ({
    ...line,
    ...{ customerId: `${12_000 + 4 * (i % 3)}`, invoiceNo: `${591_000 + i}`, stockCode: "22423", invoicedAt },
  }));
  const undone = times.flatMap((invoicedAt, i): Line[] => {
    const sale = { ...line, customerId: `${12_000 + 4 * (i % 5)}`, stockCode: `2${1000 + i}` };
    const before = { ...sale, invoiceNo: `${592_000 + i}`, invoicedAt: "2011-01-03 12:00:00" };
    return [before, { ...sale, invoiceNo: `C${592_000 + i}`, invoicedAt, quantity: -96 }];
  });
  // A good customer until everything is taken back between two mornings.
  const regretted = Array.from({ length: 9 }, (_, i): Line[] => {
    const sale = { ...line, customerId: "19105", stockCode: `3${1000 + i}` };
    const before = { ...sale, invoiceNo: `${593_000 + i}`, invoicedAt: `2011-01-1${i} 12:00:00` };
    return [
      before,
      { ...sale, invoiceNo: `C${593_000 + i}`, invoicedAt: "2011-02-10 12:00:00", quantity: -96 },
    ];
  });
  return [...bought, ...undone, ...regretted.flat()];
}

function nobodys(random: () => number): Line[] {
  return Array.from({ length: 60 }, (_, i) => ({
    customerId: null,
    invoiceNo: `${600_000 + Math.floor(i / 2)}`,
    stockCode: pick(random, CODES),
    quantity: pick(random, [1, 2, -1]),
    unitPrice: pick(random, [0.03, 2.95, 9.95]),
    invoicedAt: `${dayAt(Math.floor(random() * 374))} ${pick(random, TIMES)}`,
  }));
}

/** Days since the first of the shop. */
function dayOf(date: string): number {
  return (Date.parse(date) - Date.UTC(2010, 11, 1)) / 86_400_000;
}

function dayAt(day: number): string {
  return new Date(Date.UTC(2010, 11, 1 + day)).toISOString().slice(0, 10);
}
