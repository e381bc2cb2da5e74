import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import {
  findRun,
  lastRuns,
  listRuns,
  newRunId,
  type RunRecord,
  readRun,
  saveRun,
} from "#src/runner/history.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-history-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (id: string): RunRecord => ({
  id,
  startedAt: "2026-11-22T06:38:53.000Z",
  durationSeconds: 3,
  status: "completed",
  parameters: { currency: "GBP" },
  source: null,
  versions: { node: "v20.20.0" },
  cycles: [],
});
const ids = ["20261121T063853Z-1a2b", "20261122T063853Z-1a2b", "20261122T071500Z-00ff"];

describe("the history of runs", () => {
  it("names a run by its start, so that names in order are runs in order", () => {
    const starts = ["06:38:52.999", "06:38:53.000", "06:38:53.001", "06:38:53.999", "06:38:54.000"];
    const names = starts.map((time) => newRunId(new Date(`2026-11-22T${time}Z`)));
    assert.equal(names[1], "20261122T063853Z-0000");
    assert.deepEqual(names.toSorted(), names);
    assert.equal(new Set(names).size, names.length);
  });

  it("keeps runs as they were, oldest first, and the last ones newest first", () => {
    const output = join(folder, "kept");
    assert.deepEqual(listRuns(output), []);
    for (const id of ids.toReversed()) saveRun(output, run(id));
    assert.deepEqual(listRuns(output), ids);
    assert.deepEqual(readRun(output, ids[1]!), run(ids[1]!));
    assert.deepEqual(
      lastRuns(output, 2).map(({ id }) => id),
      [ids[2], ids[1]],
    );
  });

  it("leaves out files that are no runs, and passes over a damaged one", () => {
    const output = join(folder, "damaged");
    for (const id of ids) saveRun(output, run(id));
    writeFileSync(join(output, "runs", "notes.json"), "{}");
    writeFileSync(join(output, "runs", `${ids[1]}.json`), '{"id": ');
    assert.deepEqual(listRuns(output), ids);
    assert.deepEqual(
      lastRuns(output, 20).map(({ id }) => id),
      [ids[2], ids[0]],
    );
    assert.throws(
      () => readRun(output, ids[1]!),
      /the run 20261122T063853Z-1a2b cannot be read .*: delete its file/,
    );
  });
});

describe("a run whose file is damaged", () => {
  const cycle = {
    ...{ name: "00-a", title: "A", status: "completed", startedAt: "2026-11-22T06:38:53.000Z" },
    ...{ durationSeconds: 1, key: "k", error: null },
    records: [{ name: "rows", value: 1, unit: "" }],
    groups: [{ name: "segments", groups: { a: ["1"] } }],
  };
  const damaged: [what: string, changed: object][] = [
    ["cycles that are none", { cycles: [null, {}] }],
    ["an unknown status", { status: "done" }],
    ["no parameters", { parameters: undefined }],
    ["no versions", { versions: null }],
    ["a start that is no time", { startedAt: "yesterday" }],
    ["a source without a name", { source: {} }],
    ["a record without a unit", { cycles: [{ ...cycle, records: [{ name: "rows", value: 1 }] }] }],
    ["groups of no ids", { cycles: [{ ...cycle, groups: [{ name: "segments", groups: { a: 1 } }] }] }],
  ];
  for (const [at, [what, changed]] of damaged.entries())
    it(`with ${what} is left out, and refused in one line when asked for`, () => {
      const output = join(folder, `damaged-${at}`);
      const whole = { ...run(ids[0]!), cycles: [cycle] } as RunRecord;
      saveRun(output, whole);
      saveRun(output, { ...run(ids[1]!), ...changed });
      assert.deepEqual(lastRuns(output, 20), [whole]);
      assert.throws(() => readRun(output, ids[1]!), {
        message: `the run ${ids[1]} cannot be read (its file is damaged): delete its file in runs/`,
      });
    });
});

describe("findRun", () => {
  const found: [called: string, id: number][] = [
    ["latest", 2],
    ["previous", 1],
    [ids[0]!, 0],
    ["20261121", 0],
    ["20261122T07", 2],
  ];
  for (const [called, at] of found)
    it(`takes "${called}"`, () => {
      assert.equal(findRun(ids, called), ids[at]);
    });

  const refused: [ids: string[], called: string, message: RegExp][] = [
    [
      ids,
      "2025",
      /^Error: there is no run 2025: there are latest, previous, 20261122T071500Z-00ff, 20261122T/,
    ],
    [ids, "", /^Error: there is no run /],
    [ids, "20261122", /20261122 may be 20261122T063853Z-1a2b, 20261122T071500Z-00ff: write more/],
    [[], "latest", /no runs yet: insiders report/],
    [ids.slice(0, 1), "previous", /no previous run: 20261121T063853Z-1a2b is the only one/],
    [Array.from({ length: 30 }, (_, at) => `20261122T0638${10 + at}Z-1a2b`), "x", /-1a2b, 25 more$/],
  ];
  for (const [known, called, message] of refused)
    it(`refuses "${called}" among ${known.length} in one line`, () => {
      assert.throws(() => findRun(known, called), message);
    });
});
