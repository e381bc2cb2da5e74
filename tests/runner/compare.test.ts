import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeComparison } from "#src/cli/compare.js";
import { compareRuns, isSame } from "#src/runner/compare.js";
import type { CycleRecord, RunRecord } from "#src/runner/history.js";

const cycle: CycleRecord = {
  name: "09-model",
  title: "The model",
  status: "completed",
  startedAt: "2026-11-22T06:38:54.000Z",
  durationSeconds: 2,
  key: "k",
  records: [
    { name: "netRevenue", value: 200, unit: "GBP" },
    { name: "silhouette", value: 0.5, unit: "" },
    { name: "churn", value: 0.4, unit: "share" },
    { name: "best", value: "a", unit: "" },
  ],
  groups: [{ name: "segments", groups: { high: ["1", "2", "3"], low: ["4", "5"], old: ["6"] } }],
  error: null,
};
const before: RunRecord = {
  id: "20261122T063853Z-1a2b",
  startedAt: "2026-11-22T06:38:53.000Z",
  durationSeconds: 3,
  status: "completed",
  parameters: { priceFloor: 0.04, seed: 42 },
  source: { name: "a.csv", sha256: "a".repeat(64) },
  versions: { node: "v20.19.0" },
  cycles: [cycle],
};
const later = (changed: Partial<CycleRecord>, run: Partial<RunRecord> = {}): RunRecord => ({
  ...before,
  id: "20261123T063853Z-00ff",
  cycles: [{ ...cycle, ...changed }],
  ...run,
});

describe("compareRuns", () => {
  it("finds nothing between equal runs, also where the later one did not have to run again", () => {
    const comparison = compareRuns(before, later({ status: "cached" }));
    assert.ok(isSame(comparison));
    assert.match(describeComparison(comparison), /\n\nNothing changed\.\n$/);
  });

  it("tells which parameters changed, came and went, and what of the source and the versions", () => {
    const { parameters, source, versions } = compareRuns(
      before,
      later(
        {},
        {
          parameters: { priceFloor: 0.1, currency: "EUR" },
          source: { name: "a.csv", sha256: "b".repeat(64) },
          versions: { node: "v22.0.0" },
        },
      ),
    );
    assert.deepEqual(parameters, [
      { name: "priceFloor", before: 0.04, after: 0.1 },
      { name: "seed", before: 42, after: null },
      { name: "currency", before: null, after: "EUR" },
    ]);
    assert.deepEqual(
      source.map(({ name }) => name),
      ["sha256"],
    );
    assert.deepEqual(versions, [{ name: "node", before: "v20.19.0", after: "v22.0.0" }]);
  });

  it("gives difference and percentage of numbers, and none where there is none", () => {
    const { values } = compareRuns(
      before,
      later({
        records: [
          { name: "netRevenue", value: 150, unit: "GBP" },
          { name: "silhouette", value: 0.5, unit: "" },
          { name: "churn", value: 0.4, unit: "share" },
          { name: "best", value: "b", unit: "" },
          { name: "k", value: 8, unit: "" },
        ],
      }),
    );
    assert.deepEqual(values, [
      {
        cycle: "09-model",
        name: "netRevenue",
        unit: "GBP",
        before: 200,
        after: 150,
        difference: -50,
        relative: -0.25,
      },
      {
        cycle: "09-model",
        name: "best",
        unit: "",
        before: "a",
        after: "b",
        difference: null,
        relative: null,
      },
      { cycle: "09-model", name: "k", unit: "", before: null, after: 8, difference: null, relative: null },
    ]);
  });

  it("divides by no zero, takes the size of a negative value, and subtracts no pounds from euros", () => {
    const value = (value: number, unit: string): RunRecord =>
      later({ records: [{ name: "x", value, unit }] });
    const change = (old: RunRecord, now: RunRecord): unknown[] =>
      compareRuns(old, now).values.map(({ difference, relative }) => [difference, relative]);
    assert.deepEqual(change(value(0, ""), value(3, "")), [[3, null]]);
    assert.deepEqual(change(value(-4, ""), value(-2, "")), [[2, 0.5]]);
    assert.deepEqual(change(value(4, "GBP"), value(5, "EUR")), [[null, null]]);
    assert.deepEqual(change(value(4, "GBP"), value(4, "EUR")), [[null, null]]);
  });

  it("tells sizes of groups and who moved, joined and left", () => {
    const { groups } = compareRuns(
      before,
      later({
        groups: [{ name: "segments", groups: { high: ["1"], low: ["2", "3", "4", "5"], new: ["7"] } }],
      }),
    );
    assert.deepEqual(groups, [
      {
        cycle: "09-model",
        name: "segments",
        sizes: [
          { name: "high", before: 3, after: 1, difference: -2 },
          { name: "low", before: 2, after: 4, difference: 2 },
          { name: "new", before: null, after: 1, difference: 1 },
          { name: "old", before: 1, after: null, difference: -1 },
        ],
        moves: [
          { from: "high", to: "low", ids: ["2", "3"] },
          { from: "old", to: null, ids: ["6"] },
          { from: null, to: "new", ids: ["7"] },
        ],
        common: 5,
        stayed: 3,
      },
    ]);
  });

  it("sees an exchange that leaves all sizes as they were", () => {
    const { groups } = compareRuns(
      before,
      later({
        groups: [{ name: "segments", groups: { high: ["4", "2", "3"], low: ["1", "5"], old: ["6"] } }],
      }),
    );
    assert.deepEqual(
      groups[0]!.moves.map(({ ids }) => ids),
      [["1"], ["4"]],
    );
  });

  it("tells statuses with the reason, and lists no value as gone that a failed notebook did not reach", () => {
    const comparison = compareRuns(
      before,
      later({ status: "failed", error: "fit: Error: x", records: [], groups: [] }),
    );
    assert.deepEqual(comparison.statuses, [
      { name: "09-model", before: "completed", after: "failed", reason: "fit: Error: x" },
    ]);
    assert.deepEqual([comparison.values, comparison.groups], [[], []]);
    assert.deepEqual(comparison.unfinished, ["09-model"]);
  });

  it("tells of a notebook that only one of the runs selected", () => {
    assert.deepEqual(compareRuns(before, later({}, { cycles: [] })).statuses, [
      { name: "09-model", before: "completed", after: null, reason: null },
    ]);
  });
});

describe("describeComparison", () => {
  it("shows old, new, difference and percentage in columns; shares differ by points", () => {
    const text = describeComparison(
      compareRuns(
        before,
        later(
          {
            records: [
              { name: "netRevenue", value: 1250, unit: "GBP" },
              { name: "silhouette", value: 0.25, unit: "" },
              { name: "churn", value: 0.5, unit: "share" },
              { name: "best", value: "a", unit: "" },
            ],
            groups: [{ name: "segments", groups: { high: ["1", "2"], low: ["3", "4", "5"], old: ["6"] } }],
          },
          { parameters: { priceFloor: 0.1, seed: 42 } },
        ),
      ),
    );
    assert.equal(
      text,
      `20261122T063853Z-1a2b  22 Nov 2026, 06:38 UTC  completed
20261123T063853Z-00ff  22 Nov 2026, 06:38 UTC  completed

Parameters
  priceFloor  0.04  ->  0.1

Recorded by 09-model
  netRevenue  £200.00  ->  £1,250       +£1,050  +525.0%
  silhouette    0.500  ->   0.250        -0.250   -50.0%
  churn         40.0%  ->   50.0%  +10.0 points   +25.0%

Sizes of segments, by 09-model
  high  3  ->  2  -1  -33.3%
  low   2  ->  3  +1  +50.0%
  old   1  ->  1

Moves: 1 of 6 in both runs changed group
  1  high -> low
`,
    );
  });

  it("does not take a name that begins with a number for a figure", () => {
    const text = describeComparison(
      compareRuns(
        { ...before, cycles: [cycle, { ...cycle, name: "10-business-values" }] },
        later({}, { cycles: [] }),
      ),
    );
    assert.match(text, /\n {2}09-model {12}completed {2}-> {2}not run\n {2}10-business-values {2}completed/);
  });
});
