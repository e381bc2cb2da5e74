import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { readLastRun } from "#src/runner/last-run.js";
import { writeNotebook } from "#src/runner/notebook-file.js";
import { codeNotebook } from "./notebooks.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-last-run-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const STAMP = { key: "k", reads: {}, writes: { customers: "0a" } };
const HEADER = {
  ...{
    title: "A",
    banner: null,
    startedAt: "2026-11-22T06:38:53.000Z",
    durationSeconds: 1,
    status: "completed",
  },
  ...{ parameters: {}, source: null, versions: {}, previous: null, index: null },
  next: { href: "01-b.html", title: "B" },
};

/** What is read of an executed notebook with this metadata. */
function read(stamp: unknown, header: unknown): { stamp: unknown; header: unknown } | null {
  const notebook = codeNotebook([]);
  notebook.metadata["insiders_run"] = stamp;
  notebook.metadata["insiders_report"] = header;
  writeNotebook(join(folder, "a.ipynb"), notebook);
  const last = readLastRun(join(folder, "a.ipynb"));
  return last && { stamp: last.stamp, header: last.header };
}

describe("the last run of a notebook", () => {
  it("is told by the stamp and the header that it was given", () => {
    assert.deepEqual(read(STAMP, HEADER), { stamp: STAMP, header: HEADER });
  });

  it("counts for nothing where these are none", () => {
    for (const stamp of [undefined, null, "k", {}, { ...STAMP, writes: null }, { ...STAMP, reads: { a: 1 } }])
      assert.equal(read(stamp, HEADER)!.stamp, null);
    for (const header of [
      undefined,
      { x: 1 },
      { ...HEADER, startedAt: "yesterday" },
      { ...HEADER, status: "done" },
      { ...HEADER, next: "01-b.html" },
      { ...HEADER, source: { name: "a" } },
    ])
      assert.equal(read(STAMP, header)!.header, null);
  });
});
