import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type IndexPage, type IndexRow, renderIndex } from "#src/runner/index-page.js";

const row: IndexRow = {
  href: "01-data.html",
  title: "What the shop recorded",
  status: "completed",
  durationSeconds: 83.2,
  startedAt: "2025-11-22T04:10:01Z",
  keyFigures: [{ name: "netRevenue", value: 9747747.93, unit: "GBP" }],
};
const page: IndexPage = {
  title: "Insiders",
  banner: null,
  generatedAt: "2025-11-22T04:12:00Z",
  source: { name: "online-retail.csv", sha256: "9f86d081" },
  rows: [row],
};

describe("renderIndex", () => {
  it("shows each report with its link, status, time and key figures", () => {
    const html = renderIndex(page);
    assert.match(html, /<h2><a href="01-data.html">What the shop recorded<\/a><\/h2>/);
    assert.match(html, /class="status completed">Completed<\/span> <span>1 min 23 s<\/span>/);
    assert.match(html, /<dt>Net revenue<\/dt><dd>£9,747,748<\/dd>/);
    assert.match(html, /1 report, all completed/);
  });

  it("counts what failed and what did not run, and says why", () => {
    const failed: IndexRow = { ...row, status: "failed", error: "close: 1 < 2" };
    const pending: IndexRow = { href: null, title: "Later", status: "pending", keyFigures: [] };
    const html = renderIndex({ ...page, rows: [row, failed, pending] });
    assert.match(html, /class="status failed">1 of 3 completed, 1 failed, 1 pending/);
    assert.match(html, /<p class="reason">close: 1 &lt; 2<\/p>/);
    assert.match(html, /<h2>Later<\/h2>/);
  });

  it("shows all text as text", () => {
    const hostile = `"><script>alert('x')</script>`;
    const html = renderIndex({
      title: hostile,
      banner: hostile,
      generatedAt: hostile,
      source: { name: hostile, sha256: hostile },
      rows: [
        {
          href: hostile,
          title: hostile,
          summary: hostile,
          status: "failed",
          startedAt: hostile,
          error: hostile,
          keyFigures: [{ name: hostile, value: hostile, unit: hostile }],
        },
      ],
    });
    assert.doesNotMatch(html, /<script/);
  });

  it("asks nothing of the network", () => {
    assert.doesNotMatch(renderIndex(page), /https?:|url\(|@import|<link/);
  });

  it("is the same for the same input", () => {
    assert.equal(renderIndex(page), renderIndex(page));
  });
});
