import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertReadable, type CycleNode, orderCycles, upstreamOf } from "#src/runner/cycle-graph.js";

const node = (name: string, reads: string[] = [], writes: string[] = []): CycleNode => ({
  name,
  reads,
  writes,
});
const namesOf = (cycles: readonly CycleNode[]): string[] => cycles.map(({ name }) => name);

describe("orderCycles", () => {
  it("puts a notebook after those that write what it reads, whatever the numbers say", () => {
    const cycles = [node("01-b", ["x"], ["y"]), node("02-a", [], ["x"]), node("03-c", ["y"])];
    assert.deepEqual(namesOf(orderCycles(cycles)), ["02-a", "01-b", "03-c"]);
  });

  it("lets the numbers decide where nothing else does, as numbers", () => {
    const cycles = ["10-c", "9-b", "notes", "01-a", "09-a"].map((name) => node(name));
    assert.deepEqual(namesOf(orderCycles(cycles)), ["01-a", "09-a", "9-b", "10-c", "notes"]);
  });

  it("leaves what comes from outside out of account", () => {
    assert.deepEqual(namesOf(orderCycles([node("02-b", ["given"]), node("01-a")])), ["01-a", "02-b"]);
  });

  it("refuses two writers of one artifact and names them", () => {
    assert.throws(
      () => orderCycles([node("01-a", [], ["x"]), node("02-b", [], ["x"])]),
      /^Error: x is written by 01-a and by 02-b: take it out of insiders.writes/,
    );
  });

  it("refuses notebooks that wait for each other and shows the ring, not what hangs on it", () => {
    const cycles = [node("01-d", ["b"]), node("02-a", ["c"], ["a"]), node("03-b", ["a"], ["b", "c"])];
    assert.throws(() => orderCycles(cycles), {
      message:
        "notebooks wait for each other: 03-b reads a of 02-a, which reads c of 03-b; take one of these out of insiders.reads",
    });
  });

  it("refuses a notebook that waits for itself", () => {
    assert.throws(() => orderCycles([node("01-a", ["x"], ["x"])]), /01-a reads x of 01-a;/);
  });
});

describe("assertReadable", () => {
  const all = [node("01-a", [], ["x"]), node("02-b", ["x"], ["y"]), node("03-c", ["y", "z"])];
  const nowhere = (): boolean => false;

  it("accepts what a selected notebook writes and what the workspace holds", () => {
    assertReadable(all.slice(0, 2), all, nowhere);
    assertReadable(all.slice(1, 2), all, (artifact) => artifact === "x");
  });

  it("names the notebook that would write what is missing", () => {
    assert.throws(() => assertReadable(all.slice(1), all, nowhere), {
      message: "02-b reads x, which is not in the workspace: run 01-a too, which writes it",
    });
  });

  it("says so where no notebook writes it", () => {
    assert.throws(
      () => assertReadable(all, all, nowhere),
      /03-c reads z, .*: no notebook writes it; correct/,
    );
  });
});

describe("upstreamOf", () => {
  it("follows reads through other notebooks, and nothing else", () => {
    const cycles = [
      node("01-a", [], ["x"]),
      node("02-b", ["x"], ["y"]),
      node("03-c", [], ["z"]),
      node("04-d", ["y"]),
    ];
    assert.deepEqual([...upstreamOf(cycles[3]!, cycles)].sort(), ["01-a", "02-b"]);
    assert.deepEqual([...upstreamOf(cycles[0]!, cycles)], []);
  });
});
