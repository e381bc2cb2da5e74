import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RunRecord } from "#src/runner/history.js";
import { HISTORY_LENGTH, type IndexPage, type IndexRow, renderIndex } from "#src/runner/index-page.js";

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
  runs: [],
};

const run = (changed: Partial<RunRecord>): RunRecord => ({
  id: "20251122T041001Z-1a2b",
  startedAt: "2025-11-22T04:10:01Z",
  durationSeconds: 83.2,
  status: "completed",
  parameters: { currency: "GBP" },
  source: { name: "online-retail.csv", sha256: "9f86d081" },
  versions: {},
  cycles: [],
  ...changed,
});

describe("renderIndex", () => {
  it("shows each report with its link, status, time and key figures", () => {
    const html = renderIndex(page);
    assert.match(html, /<h2><a href="01-data.html">What the shop recorded<\/a><\/h2>/);
    assert.match(html, /class="status completed">Completed<\/span> <span>1 min 23 s<\/span>/);
    assert.match(html, /<dt>Net revenue<\/dt><dd>£9,747,748<\/dd>/);
    assert.match(html, /1 report, all completed/);
  });

  it("shows the first key figures and folds many more", () => {
    const figures = (count: number): IndexRow["keyFigures"] =>
      Array.from({ length: count }, (_, at) => ({ name: `value${at}`, value: at, unit: "" }));
    const five = renderIndex({ ...page, rows: [{ ...row, keyFigures: figures(5) }] });
    assert.doesNotMatch(five, /<details/);
    const seven = renderIndex({ ...page, rows: [{ ...row, keyFigures: figures(7) }] });
    const [shown, folded] = seven.split('<details class="more-figures"><summary>3 more figures');
    assert.equal(shown!.match(/<dt>/g)?.length, 4);
    assert.equal(folded!.match(/<dt>/g)?.length, 3);
  });

  it("counts what failed and what did not run, and says why", () => {
    const failed: IndexRow = { ...row, status: "failed", error: "close: 1 < 2" };
    const pending: IndexRow = { href: null, title: "Later", status: "pending", keyFigures: [] };
    const html = renderIndex({ ...page, rows: [row, failed, pending] });
    assert.match(html, /class="status failed">1 of 3 completed, 1 failed, 1 pending/);
    assert.match(html, /<p class="reason">close: 1 &lt; 2<\/p>/);
    assert.match(html, /<h2>Later<\/h2>/);
  });

  it("says what a pending report waits for", () => {
    const note = "waits for 03-features";
    const pending: IndexRow = { href: null, title: "Later", status: "pending", keyFigures: [], note };
    assert.match(renderIndex({ ...page, rows: [pending] }), /<p class="note">waits for 03-features<\/p>/);
  });

  it("tells what did not have to run again", () => {
    const cached: IndexRow = { ...row, status: "cached" };
    const html = renderIndex({ ...page, rows: [cached, row] });
    assert.match(html, /class="status completed">2 reports, all completed, 1 unchanged/);
    assert.match(html, /class="status cached">Cached<\/span>/);
    assert.match(renderIndex({ ...page, rows: [cached] }), /1 report, all completed, nothing changed/);
  });

  it("does not count what was not part of the run", () => {
    const old: IndexRow = { ...row, status: "failed", isOld: true };
    assert.match(
      renderIndex({ ...page, rows: [old, row] }),
      /class="status completed">1 report, all completed/,
    );
  });

  it("opens with what reports have to say first", () => {
    const overview = { title: "Answers", href: "11.html", html: "<p>In short</p>", isOld: false };
    const html = renderIndex({ ...page, overviews: [overview] });
    assert.match(
      html,
      /<\/header>\n<section class="overview".*\n<p>In short<\/p>[\s\S]*<ol class="reports">/,
    );
    assert.doesNotMatch(renderIndex(page), /class="overview"/);
  });

  it("lists the last runs: when, how they ended, how long they took, on what, and what was set otherwise", () => {
    const runs = [
      run({ id: "20251123T041001Z-00ff", status: "failed", parameters: { currency: "EUR", seed: 1 } }),
      run({}),
    ];
    const html = renderIndex({ ...page, runs });
    const [newer, older] = html.slice(html.indexOf('class="runs"')).split("\n<li>").slice(1);
    assert.match(
      newer!,
      /22 Nov 2025, 04:10<.*status failed">Failed<.*1 min 23 s<.*>online-retail\.csv<.*20251123T041001Z-00ff/,
    );
    assert.match(newer!, /<span>currency<\/span> GBP → EUR<.*<span>seed<\/span> default → 1</s);
    assert.doesNotMatch(older!, /class="changed"/);
  });

  it("shows no more than so many runs, and still knows what the last of them changed", () => {
    const runs = Array.from({ length: HISTORY_LENGTH + 1 }, (_, at) => run({ parameters: { at } }));
    const html = renderIndex({ ...page, runs });
    assert.equal(html.match(/<time /g)!.length - 1, HISTORY_LENGTH);
    assert.equal(html.match(/class="changed"/g)!.length, HISTORY_LENGTH);
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
          note: hostile,
          keyFigures: [{ name: hostile, value: hostile, unit: hostile }],
        },
      ],
      runs: [
        run({
          id: hostile,
          startedAt: hostile,
          source: { name: hostile, sha256: hostile },
          parameters: { [hostile]: hostile, list: [hostile] },
        }),
        run({}),
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
