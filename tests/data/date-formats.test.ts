import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chooseDateFormat, type DateChoice, parseDate } from "#src/data/choose-date-format.js";
import { Database } from "#src/data/database.js";
import {
  DATE_FORMATS,
  type DateFormatName,
  outlineOfPattern,
  outlineOfText,
} from "#src/data/date-formats.js";
import { clockText } from "#src/data/text-sql.js";

/** The format chosen for some date texts, and what they then read as. */
async function choose(
  texts: string[],
  forced?: DateFormatName,
): Promise<DateChoice & { dates: (string | null)[] }> {
  const db = await Database.open();
  try {
    await db.run("CREATE TABLE shop AS SELECT unnest(from_json($texts, '[\"VARCHAR\"]')) AS date", {
      texts: JSON.stringify(texts),
    });
    const choice = await chooseDateFormat(db, { table: "shop", column: "date" }, forced);
    const rows = await db.rows<{ date: string | null }>(
      `SELECT ${parseDate(clockText("date"), choice.patterns)} AS date FROM shop`,
    );
    return { ...choice, dates: rows.map(({ date }) => date) };
  } finally {
    db.close();
  }
}

describe("the date format", () => {
  const cases: [format: DateFormatName, texts: string[], first: string][] = [
    ["month/day/year", ["12/1/2010 8:26", "12/13/2010 17:00"], "2010-12-01 08:26:00"],
    ["month/day/year", ["12/1/10 8:26", "12/13/10 17:00"], "2010-12-01 08:26:00"],
    ["month/day/year", ["1/31/2011 08:26:59 PM", "2/1/2011 12:00:00 AM"], "2011-01-31 20:26:59"],
    ["day/month/year", ["1/12/2010 8:26", "13/12/2010 17:00"], "2010-12-01 08:26:00"],
    ["day/month/year", ["01-12-2010", "13-12-2010"], "2010-12-01 00:00:00"],
    ["year-month-day", ["2010-12-01 08:26:00"], "2010-12-01 08:26:00"],
    ["year-month-day", ["2010-12-01T08:26:00Z", "2010-12-02"], "2010-12-01 08:26:00"],
    ["year-month-day", ["2010-12-01T08:26:00+00:00", "2010-12-02T23:59:00-0500"], "2010-12-01 08:26:00"],
    ["year-month-day", ["2010-12-01 08:26:00.5 UTC", "2010-12-02 08:26:00 GMT"], "2010-12-01 08:26:00"],
    ["year-month-day", ["2010-12-01 08:26:00.987654"], "2010-12-01 08:26:00"],
    ["year-month-day", ["2010/12/01 8:26"], "2010-12-01 08:26:00"],
    ["year-month-day", ["20101201"], "2010-12-01 00:00:00"],
    ["day.month.year", ["01.12.2010 08:26", "02.12.10"], "2010-12-01 08:26:00"],
    ["day-month name-year", ["29-Nov-16"], "2016-11-29 00:00:00"],
    ["day-month name-year", ["29 November 2016 8:26"], "2016-11-29 08:26:00"],
    ["month name day, year", ["Nov 29, 2016"], "2016-11-29 00:00:00"],
  ];
  for (const [format, texts, first] of cases)
    it(`of ${texts.join(" and ")} is ${format}`, async () => {
      const choice = await choose(texts);
      assert.equal(choice.format, format);
      assert.equal(choice.dates[0], first);
      assert.ok(!choice.dates.includes(null));
      assert.equal(choice.isAmbiguous, false);
    });

  it("is about the clock of the shop: an offset changes nothing, and a date alone has none", async () => {
    const { dates } = await choose(["2011-06-30T23:30:00+14:00", "2011-06-30"]);
    assert.deepEqual(dates, ["2011-06-30 23:30:00", "2011-06-30 00:00:00"]);
  });

  it("is the one that reads most rows, not most different texts", async () => {
    const rare = ["13/1/2011", "14/1/2011"];
    const choice = await choose([...rare, ...Array<string>(5).fill("1/13/2011")]);
    assert.equal(choice.format, "month/day/year");
    assert.deepEqual(choice.dates.slice(0, 3), [null, null, "2011-01-13 00:00:00"]);
  });

  it("is ambiguous when no day is above 12", async () => {
    const choice = await choose(["12/1/2010 8:26", "12/2/2010 8:26"]);
    assert.deepEqual([choice.format, choice.isAmbiguous], ["month/day/year", true]);
  });

  it("is not ambiguous when both orders give the same dates", async () => {
    assert.equal((await choose(["1/1/2011", "2/2/2011"])).isAmbiguous, false);
  });

  it("is settled by the caller", async () => {
    const choice = await choose(["12/1/2010", "12/2/2010"], "day/month/year");
    assert.deepEqual([choice.format, choice.isAmbiguous], ["day/month/year", false]);
    assert.equal(choice.dates[1], "2010-02-12 00:00:00");
  });

  it("reads no impossible days and no implausible years", async () => {
    const { dates } = await choose(["12/31/2010", "2/30/2011", "12/31/0010", "12/31/2210", "soon", ""]);
    assert.deepEqual(dates, ["2010-12-31 00:00:00", null, null, null, null, null]);
  });

  it("is none of ours when nothing can be read", async () => {
    assert.deepEqual(await choose(["soon", "40513.35"]), {
      format: null,
      patterns: [],
      rows: 0,
      isAmbiguous: false,
      dates: [null, null],
    });
  });
});

describe("the outline of a pattern", () => {
  it("is the outline of what it writes", async () => {
    const db = await Database.open();
    const patterns = DATE_FORMATS.flatMap((format) => format.patterns);
    for (const pattern of patterns) {
      const written = `strftime(TIMESTAMP '2016-11-29 18:26:59.987654', '${pattern}')`;
      const { outline } = await db.row(`SELECT ${outlineOfText(written)} AS outline`);
      assert.equal(outline, outlineOfPattern(pattern), pattern);
    }
    db.close();
  });
});
