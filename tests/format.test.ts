import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  escapeHtml,
  formatDate,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatValue,
  nameToWords,
} from "#src/format.js";

describe("formatNumber", () => {
  it("separates thousands and shows as many decimals as tell something", () => {
    assert.equal(formatNumber(541909), "541,909");
    assert.equal(formatNumber(1234.56), "1,235");
    assert.equal(formatNumber(22.063), "22.06");
    assert.equal(formatNumber(0.04217), "0.0422");
    assert.equal(formatNumber(-3), "-3");
    assert.equal(formatNumber(0), "0");
  });

  it("keeps the decimals it is given", () => {
    assert.equal(formatNumber(2, 1), "2.0");
    assert.equal(formatNumber(1234.567, 2), "1,234.57");
  });

  it("writes a dash for what is no number", () => {
    assert.equal(formatNumber(Number.NaN), "–");
    assert.equal(formatPercent(Number.POSITIVE_INFINITY), "–");
    assert.equal(formatMoney(Number.NaN), "–");
    assert.equal(formatDuration(Number.NaN), "–");
  });
});

describe("formatMoney", () => {
  it("shows cents only below a thousand", () => {
    assert.equal(formatMoney(8911407.904), "£8,911,408");
    assert.equal(formatMoney(2.55), "£2.55");
    assert.equal(formatMoney(-77183.6, "EUR"), "-€77,184");
    assert.equal(formatMoney(1000, "GBP", 2), "£1,000.00");
  });
});

describe("dates", () => {
  it("are read without a time zone", () => {
    assert.equal(formatDate("2011-12-09"), "9 Dec 2011");
    assert.equal(formatDate("2011-12-09 00:30:00"), "9 Dec 2011");
    assert.equal(formatDateTime("2011-12-09 12:50:00"), "9 Dec 2011, 12:50");
    assert.equal(formatDateTime("2025-11-22T03:53:12.123Z"), "22 Nov 2025, 03:53");
  });

  it("that are none stay as they are", () => {
    assert.equal(formatDate("unknown"), "unknown");
    assert.equal(formatDateTime("2011-13-45"), "2011-13-45");
  });
});

describe("formatDuration", () => {
  it("has no sixtieth second or minute", () => {
    assert.equal(formatDuration(0.41), "0.4 s");
    assert.equal(formatDuration(59.97), "1 min 00 s");
    assert.equal(formatDuration(185), "3 min 05 s");
    assert.equal(formatDuration(3599.9), "1 h 00 min");
  });
});

describe("formatValue", () => {
  it("writes what is missing as a dash and truth as a word", () => {
    assert.equal(formatValue(null, "money"), "–");
    assert.equal(formatValue("", "text"), "–");
    assert.equal(formatValue(true, "text"), "yes");
  });

  it("leaves numbers that are identifiers alone", () => {
    assert.equal(formatValue(12583, "text"), "12583");
    assert.equal(formatValue("85123A", "number"), "85123A");
  });

  it("takes a function of one's own", () => {
    assert.equal(
      formatValue(3, (value) => `#${value}`),
      "#3",
    );
  });
});

describe("formatQuantity", () => {
  it("lets the unit choose the format", () => {
    assert.equal(formatQuantity(9747747.93, "GBP"), "£9,747,748");
    assert.equal(formatQuantity(0.421, "share"), "42.1%");
    assert.equal(formatQuantity(42.1, "%"), "42.1%");
    assert.equal(formatQuantity(4328, "customers"), "4,328 customers");
    assert.equal(formatQuantity("2010-12-01", "date"), "1 Dec 2010");
    assert.equal(formatQuantity(8, ""), "8");
    assert.equal(formatQuantity(null, "GBP"), "–");
  });
});

describe("nameToWords", () => {
  it("reads camel case and snake case", () => {
    assert.equal(nameToWords("netRevenue"), "Net revenue");
    assert.equal(nameToWords("net_revenue"), "Net revenue");
    assert.equal(nameToWords("rows"), "Rows");
  });
});

describe("escapeHtml", () => {
  it("leaves no character that could end an element or an attribute", () => {
    assert.equal(
      escapeHtml(`<a href="x" id='y'>&amp;`),
      "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;",
    );
  });
});

describe("a number that is rounded to zero", () => {
  it("has no sign", () => {
    assert.equal(formatNumber(-0.001, 2), "0.00");
    assert.equal(formatPercent(-0.0001), "0.0%");
    assert.equal(formatMoney(-0.001), "£0.00");
    assert.equal(formatNumber(-0.01, 2), "-0.01");
  });
});
