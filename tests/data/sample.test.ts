import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { writeSample } from "#src/cli/sample.js";
import { generateSample } from "#src/data/sample.js";
import { root } from "../structure/support.js";

const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

interface Line {
  text: string;
  invoiceNo: string;
  stockCode: string;
  description: string;
  quantity: number;
  /** The clock of the shop read as UTC; an invalid date where it was spoilt. */
  date: Date;
  unitPrice: number;
  customerId: string;
  country: string;
}

/** The cells of a CSV line; quotes inside quotes are doubled. */
function splitCells(text: string): string[] {
  const cells = text.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.slice(0, -1);
  return cells.map((cell) => {
    const bare = cell.replace(/,$/, "");
    return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
  });
}

function parseDate(text: string): Date {
  const match = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d\d)$/.exec(text);
  if (!match) return new Date(Number.NaN);
  const [, month, day, year, hour, minute] = match.map(Number);
  const date = new Date(Date.UTC(year!, month! - 1, day, hour, minute));
  return date.getUTCDate() === day ? date : new Date(Number.NaN);
}

function parseLine(text: string): Line {
  const cells = splitCells(text);
  assert.equal(cells.length, 8, text);
  const [invoiceNo, stockCode, description, quantity, date, unitPrice, customerId, country] = cells as [
    ...[string, string, string, string, string, string, string, string],
  ];
  return {
    ...{ text, invoiceNo, stockCode, description, customerId, country },
    quantity: Number(quantity),
    date: parseDate(date),
    unitPrice: Number(unitPrice),
  };
}

function parseLines(csv: string): Line[] {
  const [header, ...rows] = csv.split("\n");
  assert.equal(header, HEADER);
  assert.equal(rows.pop(), "", "ends with a line end");
  return rows.map(parseLine);
}

const isTyped = (line: Line): boolean =>
  Number.isFinite(line.quantity + line.unitPrice + line.date.getTime());
const isCredit = (line: Line): boolean => line.invoiceNo.startsWith("C");
const isProduct = (line: Line): boolean => /^\d{5}[A-Za-z]?$/.test(line.stockCode);
/** How many lines there are in each part of a date. */
function countBy(some: readonly Line[], part: (date: Date) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { date } of some) counts.set(part(date), (counts.get(part(date)) ?? 0) + 1);
  return counts;
}

const csv = generateSample();
const lines = parseLines(csv);
const typed = lines.filter(isTyped);

function assertShare(some: readonly Line[], low: number, high: number): void {
  const share = some.length / lines.length;
  assert.ok(share >= low && share <= high, `share ${share} is not within ${low} to ${high}`);
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** A customer's lines, in order of time. */
const typedByCustomer = new Map<string, Line[]>();
for (const line of typed) {
  const earlier = typedByCustomer.get(line.customerId);
  if (earlier) earlier.push(line);
  else typedByCustomer.set(line.customerId, [line]);
}

/** The lines by which the same customer bought a credited product before. */
function earlierSales(credit: Line): Line[] {
  return typedByCustomer
    .get(credit.customerId)!
    .filter((line) => line.quantity > 0 && line.stockCode === credit.stockCode && line.date < credit.date);
}

describe("the committed sample", () => {
  const bytes = readFileSync(join(root, "data/sample/online-retail-sample.csv"));

  it("is what the generator makes, byte for byte, in ISO-8859-1", () => {
    assert.ok(bytes.equals(Buffer.from(csv, "latin1")), "run: npm run sample");
    assert.ok(!csv.match(/[^\x20-\xff\n]/), "no character beyond ISO-8859-1");
  });

  it("is small: 12,000 to 15,000 lines of 1,000 customers in less than 1.4 MB", () => {
    assert.ok(lines.length >= 12_000 && lines.length <= 15_000, `${lines.length} lines`);
    assert.equal(new Set(lines.map((line) => line.customerId).filter(Boolean)).size, 1_000);
    assert.ok(bytes.length < 1_400_000, `${bytes.length} bytes`);
  });

  it("has one invoice after the other, numbers and times rising", () => {
    const numbers = lines.map((line) => Number(line.invoiceNo.replace(/^[CA]/, "")));
    assert.ok(numbers.every((number, i) => i === 0 || number >= numbers[i - 1]!));
    assert.ok(typed.every((line, i) => i === 0 || line.date >= typed[i - 1]!.date));
  });

  it("covers 1 December 2010 to 9 December 2011 on business days and in business hours", () => {
    assert.equal(typed[0]!.date.toISOString().slice(0, 10), "2010-12-01");
    assert.equal(typed.at(-1)!.date.toISOString().slice(0, 10), "2011-12-09");
    const weekdays = countBy(typed, (date) => date.getUTCDay());
    assert.deepEqual([...weekdays.keys()].sort(), [0, 1, 2, 3, 4, 5]);
    assert.ok(typed.every(({ date }) => date.getUTCHours() >= 7 && date.getUTCHours() < 20));
  });

  it("peaks in autumn", () => {
    const months = countBy(typed, (date) => date.getUTCMonth());
    assert.ok(months.get(10)! > 1.5 * months.get(5)!);
    assert.equal(Math.max(...months.values()), Math.max(months.get(10)!, months.get(11)!));
  });

  it("sells nine lines in ten at home, the others to a dozen countries and to Unspecified", () => {
    assertShare(
      lines.filter((line) => line.country === "United Kingdom"),
      0.87,
      0.94,
    );
    const countries = new Set(lines.map((line) => line.country));
    assert.ok(countries.has("Unspecified") && countries.size >= 14, [...countries].join());
    const countriesOf = ([id, all]: [string, Line[]]): number =>
      id === "" ? 0 : new Set(all.map((line) => line.country)).size;
    const movers = [...typedByCustomer].filter((entry) => countriesOf(entry) > 1).length;
    assert.ok(movers > 0 && movers < 10, `${movers} customers with two countries`);
  });

  it("invents its customers and its prices", () => {
    assert.ok(lines.every(({ customerId }) => customerId === "" || Number(customerId) >= 30_001));
    assert.ok(typed.filter(isProduct).every((line) => line.unitPrice >= 0 && line.unitPrice < 100));
  });
});

describe("customers of the sample", () => {
  const bought = [...typedByCustomer.entries()]
    .filter(([customerId]) => customerId !== "")
    .map(([, all]) => all.filter((line) => line.quantity > 0));
  const buyers = bought.filter((each) => each.length > 0);
  const orders = buyers.map((each) => new Set(each.map((line) => line.invoiceNo)).size);
  const revenues = buyers
    .map((each) => total(each.map((line) => line.quantity * line.unitPrice)))
    .sort((a, b) => b - a);

  it("order at very different paces: the spread of repeat orders is far above a Poisson one", () => {
    const repeats = orders.map((count) => count - 1);
    const mean = total(repeats) / repeats.length;
    const variance = total(repeats.map((count) => (count - mean) ** 2)) / repeats.length;
    assert.ok(variance > 3 * mean, `variance ${variance}, mean ${mean}`);
    const once = repeats.filter((count) => count === 0).length / repeats.length;
    assert.ok(once > 0.25 && once < 0.5, `${once} order once`);
  });

  it("bring very different money: the top tenth brings half to three quarters", () => {
    const share = total(revenues.slice(0, Math.round(revenues.length / 10))) / total(revenues);
    assert.ok(share > 0.5 && share < 0.75, `${share}`);
  });

  it("include a few wholesalers, who order often and in hundreds", () => {
    const large = buyers.filter((each, i) => {
      const pieces = total(each.map((line) => line.quantity));
      return orders[i]! >= 10 && pieces / each.length >= 80;
    });
    assert.ok(large.length >= 5 && large.length <= 20, `${large.length}`);
  });

  it("include some who only brought back what they bought before", () => {
    const onlyReturns = bought.length - buyers.length;
    assert.ok(onlyReturns > 0 && onlyReturns < 20, `${onlyReturns}`);
  });
});

describe("dirt of the sample", () => {
  it("leaves a quarter of the lines without a customer, always whole invoices", () => {
    const anonymous = lines.filter((line) => line.customerId === "");
    assertShare(anonymous, 0.22, 0.28);
    const invoices = new Set(anonymous.map((line) => line.invoiceNo));
    assert.ok(lines.every((line) => invoices.has(line.invoiceNo) === (line.customerId === "")));
  });

  it("repeats one line in a hundred exactly", () => {
    const repeated = lines.length - new Set(lines.map((line) => line.text)).size;
    assertShare(lines.slice(0, repeated), 0.005, 0.015);
  });

  it("lacks some descriptions, at price zero, and has some with commas, quotes, blanks and pounds", () => {
    const blank = lines.filter((line) => line.description === "");
    assertShare(blank, 0.001, 0.005);
    assert.ok(blank.filter(isTyped).every((line) => line.unitPrice === 0));
    const having = (pattern: RegExp): Line[] => lines.filter((line) => pattern.test(line.description));
    assertShare(having(/,/), 0.002, 0.03);
    assertShare(having(/"/), 0.001, 0.02);
    assertShare(having(/ $/), 0.1, 0.3);
    assertShare(having(/^ /), 0.001, 0.04);
    assert.ok(having(/£/).length > 0);
  });

  it("names some products in two ways, and types some codes with a small letter", () => {
    const names = new Map<string, Set<string>>();
    for (const line of typed.filter((each) => isProduct(each) && each.unitPrice > 0))
      names.set(line.stockCode, (names.get(line.stockCode) ?? new Set()).add(line.description));
    const twice = [...names.values()].filter((set) => set.size > 1).length;
    assert.ok(twice >= 10 && twice < names.size / 4, `${twice} of ${names.size}`);
    assertShare(
      lines.filter((line) => /^\d{5}[a-z]$/.test(line.stockCode)),
      0.0003,
      0.01,
    );
    assertShare(
      lines.filter((line) => /^\d{5}[A-Z]$/.test(line.stockCode)),
      0.02,
      0.2,
    );
  });

  it("cancels some lines in full, some in part, and some that were bought before the period", () => {
    const credits = typed.filter(isCredit);
    assertShare(credits, 0.01, 0.03);
    assert.ok(credits.every((line) => line.quantity < 0));
    const kinds = { full: 0, partial: 0, before: 0 };
    for (const credit of credits.filter((line) => isProduct(line) && line.customerId !== "")) {
      const sales = earlierSales(credit);
      if (sales.some((sale) => sale.quantity === -credit.quantity && sale.unitPrice === credit.unitPrice))
        kinds.full++;
      else if (sales.length > 0) kinds.partial++;
      else kinds.before++;
    }
    assert.ok(kinds.full >= 50 && kinds.partial >= 40 && kinds.before >= 10, JSON.stringify(kinds));
  });

  it("takes a huge order back within minutes", () => {
    const [sale, ...others] = typed.filter((line) => line.quantity > 5_000);
    assert.equal(others.length, 0);
    const credit = typed.find((line) => line.quantity === -sale!.quantity)!;
    const minutes = (credit.date.getTime() - sale!.date.getTime()) / 60_000;
    assert.ok(minutes > 0 && minutes < 30, `${minutes}`);
    assert.ok(isCredit(credit) && credit.customerId === sale!.customerId);
    assert.equal(credit.stockCode, sale!.stockCode);
    assert.equal(credit.unitPrice, sale!.unitPrice);
  });

  it("writes stock off and finds it again, at price zero and without a customer", () => {
    const writtenOff = typed.filter((line) => line.quantity < 0 && !isCredit(line));
    assertShare(writtenOff, 0.001, 0.005);
    assert.ok(writtenOff.every((line) => line.unitPrice === 0 && line.customerId === ""));
    const words = new Set(writtenOff.map((line) => line.description));
    assert.ok(["", "?", "damaged"].every((word) => words.has(word)) && words.size >= 5, [...words].join());
    assert.ok(typed.some((line) => line.description === "found" && line.quantity > 0));
  });

  it("has price zero lines, some of them gifts to known customers", () => {
    const free = typed.filter((line) => line.unitPrice === 0);
    assertShare(free, 0.003, 0.008);
    assert.ok(free.some((line) => line.customerId !== ""));
  });

  it("has every kind of code that is no product, and prices of a tenth of a penny and below zero", () => {
    const codes = new Set(lines.filter((line) => !isProduct(line)).map((line) => line.stockCode));
    const expected = [
      "AMAZONFEE",
      "B",
      "BANK CHARGES",
      "C2",
      "CRUK",
      "D",
      "DCGSSBOY",
      "DOT",
      "M",
      "PADS",
      "POST",
    ];
    assert.deepEqual([...codes].sort(), [...expected, "S", "gift_0001_10", "gift_0001_20", "m"]);
    assert.ok(typed.filter((line) => line.stockCode === "PADS").every((line) => line.unitPrice === 0.001));
    const debts = typed.filter((line) => line.invoiceNo.startsWith("A"));
    assert.deepEqual(
      debts.map((line) => [line.stockCode, Math.sign(line.unitPrice)]),
      [
        ["B", 1],
        ["B", -1],
        ["B", -1],
      ],
    );
  });

  it("has five lines that cannot be typed", () => {
    const spoilt = lines.filter((line) => !isTyped(line));
    assert.equal(spoilt.length, 5);
    for (const slip of [/,twelve,/, /,6 pcs,/, /,n\/a,/, /,2\/30\/2011 10:15,/, /,-?\d+,,[\d.]+,/])
      assert.equal(spoilt.filter((line) => slip.test(line.text)).length, 1, `${slip}`);
  });
});

describe("generateSample", () => {
  it("gives the same text for the same seed and another for another", () => {
    const small = { customers: 30, seed: 7 };
    assert.equal(generateSample(small), generateSample(small));
    assert.notEqual(generateSample(small), generateSample({ ...small, seed: 8 }));
  });

  it("keeps to the number of customers and to the period", () => {
    const part = parseLines(generateSample({ customers: 60, start: "2023-02-01", end: "2023-06-30" })).filter(
      isTyped,
    );
    assert.equal(new Set(part.map((line) => line.customerId).filter(Boolean)).size, 60);
    assert.ok(
      part[0]!.date >= new Date("2023-02-01T00:00Z") && part.at(-1)!.date < new Date("2023-07-01T00:00Z"),
    );
  });

  it("grows with the number of customers, dirt and all", () => {
    const small = parseLines(generateSample({ customers: 100 }));
    assert.ok(small.length > 500 && small.length < 3_000, `${small.length}`);
    assert.ok(small.some(isCredit) && small.some((line) => !isTyped(line)));
  });

  it("refuses too few customers, a period too short and dates that do not exist", () => {
    assert.throws(() => generateSample({ customers: 19 }), /at least 20 customers, got 19/);
    assert.throws(() => generateSample({ customers: Number.NaN }), RangeError);
    assert.throws(() => generateSample({ seed: 1.5 }), /a seed is a safe integer/);
    assert.throws(() => generateSample({ start: "2011-12-01" }), /at least 60 days, got 9/);
    assert.throws(() => generateSample({ end: "2011-02-30" }), /written YYYY-MM-DD, got 2011-02-30/);
    assert.throws(() => generateSample({ start: "12/1/2010" }), RangeError);
  });
});

describe("writeSample", () => {
  it("writes the text in ISO-8859-1 and leaves nothing else behind", () => {
    const folder = mkdtempSync(join(tmpdir(), "insiders-sample-"));
    try {
      const output = join(folder, "new/sample.csv");
      writeSample({ output, customers: 20, seed: 3 });
      const expected = Buffer.from(generateSample({ customers: 20, seed: 3 }), "latin1");
      assert.ok(readFileSync(output).equals(expected));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
