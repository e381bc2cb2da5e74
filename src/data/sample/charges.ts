import { randomExponential, randomIndex, randomItem } from "../../math/distributions.js";
import type { Random } from "../../math/random.js";
import type { Calendar } from "./calendar.js";
import { HOME, roundMoney, type SampleDocument, type SampleLine } from "./document.js";

/** Something on an invoice that is no product. */
interface Charge {
  stockCode: string;
  description: string;
  /** Lines among ten thousand; every charge occurs at least once. */
  perTenThousand: number;
  /** Prices lie between these two, which are the same for a fixed price. */
  prices: readonly [number, number];
  /** Whose documents carry it: a known customer's, one abroad, or one nobody recorded. */
  of: "customer" | "abroad" | "nobody";
}

const ADDED_TO_SALES: readonly Charge[] = [
  { stockCode: "POST", description: "POSTAGE", perTenThousand: 24, prices: [15, 40], of: "abroad" },
  { stockCode: "DOT", description: "DOTCOM POSTAGE", perTenThousand: 13, prices: [8, 120], of: "nobody" },
  { stockCode: "M", description: "Manual", perTenThousand: 6, prices: [0.5, 60], of: "customer" },
  { stockCode: "M", description: "Manual", perTenThousand: 2, prices: [0.5, 60], of: "nobody" },
  { stockCode: "m", description: "Manual", perTenThousand: 1, prices: [2.55, 2.55], of: "nobody" },
  { stockCode: "C2", description: "CARRIAGE", perTenThousand: 3, prices: [50, 50], of: "abroad" },
  {
    stockCode: "BANK CHARGES",
    description: "Bank Charges",
    perTenThousand: 1,
    prices: [15, 15],
    of: "customer",
  },
  {
    stockCode: "gift_0001_10",
    description: voucher(10),
    perTenThousand: 1,
    prices: [8.33, 8.33],
    of: "nobody",
  },
  {
    stockCode: "gift_0001_20",
    description: voucher(20),
    perTenThousand: 2,
    prices: [16.67, 16.67],
    of: "nobody",
  },
  {
    stockCode: "DCGSSBOY",
    description: "PARTY BAG FIZZLE",
    perTenThousand: 1,
    prices: [3.29, 3.29],
    of: "nobody",
  },
  // A tenth of a penny: the one price with more than two decimals.
  {
    stockCode: "PADS",
    description: "PADS FOR ANY CUSHION",
    perTenThousand: 2,
    prices: [0.001, 0.001],
    of: "customer",
  },
];

const CREDITED: readonly Charge[] = [
  { stockCode: "M", description: "Manual", perTenThousand: 4, prices: [1, 80], of: "customer" },
  { stockCode: "D", description: "Discount", perTenThousand: 3, prices: [5, 40], of: "customer" },
  { stockCode: "POST", description: "POSTAGE", perTenThousand: 2, prices: [15, 40], of: "abroad" },
  { stockCode: "CRUK", description: "CRUK Commission", perTenThousand: 2, prices: [5, 60], of: "customer" },
  { stockCode: "S", description: "SAMPLES", perTenThousand: 3, prices: [3, 50], of: "nobody" },
  { stockCode: "AMAZONFEE", description: "AMAZON FEE", perTenThousand: 2, prices: [150, 700], of: "nobody" },
  {
    stockCode: "BANK CHARGES",
    description: "Bank Charges",
    perTenThousand: 2,
    prices: [15, 300],
    of: "nobody",
  },
];

/** The sales with postage, carriage, vouchers and other charges added as further lines. */
export function addCharges(random: Random, sales: readonly SampleDocument[]): SampleDocument[] {
  const extra = new Map<SampleDocument, SampleLine[]>();
  for (const charge of ADDED_TO_SALES)
    for (const sale of drawDocuments(random, sales, charge))
      extra.set(sale, [...(extra.get(sale) ?? []), chargeLine(random, charge, 1)]);
  return sales.map((sale) => ({ ...sale, lines: [...sale.lines, ...(extra.get(sale) ?? [])] }));
}

/** Credit notes over discounts, commissions, samples and fees, each some days after a sale. */
export function creditCharges(
  random: Random,
  calendar: Calendar,
  sales: readonly SampleDocument[],
): SampleDocument[] {
  return CREDITED.flatMap((charge) =>
    drawDocuments(random, sales, charge).map((sale) => {
      const later = calendar.minuteAfter(sale.minute, randomExponential(random, 10), random);
      const lines = [chargeLine(random, charge, -1)];
      return { ...sale, kind: "C" as const, minute: later ?? sale.minute + 5, lines };
    }),
  );
}

/** A debt given up: written once with the wrong sign and twice with the right one. */
export function adjustBadDebt(random: Random, calendar: Calendar): SampleDocument[] {
  const minute = calendar.minuteAt(calendar.length * 0.7, random);
  const amount = roundMoney(400 + 400 * random());
  return [amount, -amount, -amount].map((unitPrice, i) => ({
    kind: "A",
    minute: minute + i,
    customerId: "",
    country: HOME,
    lines: [{ stockCode: "B", description: "Adjust bad debt", quantity: 1, unitPrice }],
  }));
}

/** So many documents of the right kind of buyer as the charge has lines, at least one. */
function drawDocuments(
  random: Random,
  sales: readonly SampleDocument[],
  { perTenThousand, of }: Charge,
): SampleDocument[] {
  const lines = sales.reduce((total, sale) => total + sale.lines.length, 0);
  const count = Math.max(1, Math.round((perTenThousand * lines) / 10_000));
  const eligible = sales.filter((sale) => carries(sale, of));
  return eligible.length === 0 ? [] : Array.from({ length: count }, () => randomItem(random, eligible));
}

function carries(sale: SampleDocument, of: Charge["of"]): boolean {
  if (of === "nobody") return sale.customerId === "";
  return sale.customerId !== "" && (of === "customer" || sale.country !== HOME);
}

function chargeLine(random: Random, charge: Charge, sign: 1 | -1): SampleLine {
  const [low, high] = charge.prices;
  const unitPrice = low === high ? low : roundMoney(low + (high - low) * random());
  const quantity = charge.stockCode === "POST" ? 1 + randomIndex(random, 3) : 1;
  return {
    stockCode: charge.stockCode,
    description: charge.description,
    quantity: sign * quantity,
    unitPrice,
  };
}

function voucher(amount: number): string {
  return `Giftshop Voucher £${amount}.00`;
}
