import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BARRIER_SLOTS } from "#src/parallel/barrier.js";
import { runTasks, stopTasks } from "#src/parallel/run-tasks.js";
import { sharedFloats, sharedIntegers } from "#src/parallel/shared.js";
import type { MeetingInput } from "./meeting.js";
import type { TestInput } from "./tasks.js";

const module = new URL("./tasks.js", import.meta.url);
const run = (inputs: TestInput[], options = {}): Promise<number[]> =>
  runTasks<TestInput, number>(module, inputs, options);

describe("runTasks", () => {
  it("gives outputs in the order of the inputs, whichever is done first", async () => {
    const inputs = [{ value: 3, waitMs: 80 }, { value: 4 }, { value: 5 }];
    assert.deepEqual(await run(inputs, { workers: 2 }), [9, 16, 25]);
    assert.deepEqual(await run(inputs, { workers: 1 }), [9, 16, 25]);
    assert.deepEqual(await run([]), []);
  });

  it("adds up the units that tasks report", async () => {
    const told: number[] = [];
    await run([{ value: 1 }, { value: 2 }, { value: 3 }], {
      workers: 2,
      onProgress: (units: number) => told.push(units),
    });
    assert.deepEqual(told, [2, 4, 6]);
  });

  it("hands over each output as it comes, with the position of its input", async () => {
    const seen: [number, number][] = [];
    const onOutput = (output: number, position: number): void => void seen.push([position, output]);
    await run([{ value: 3, waitMs: 200 }, { value: 4 }, { value: 5 }], { workers: 2, onOutput });
    assert.deepEqual(seen, [
      [1, 16],
      [2, 25],
      [0, 9],
    ]);
  });

  it("throws what a task throws, with its kind", async () => {
    await assert.rejects(run([{ value: 1 }, { value: 2, does: "throw" }]), {
      name: "RangeError",
      message: "no 2",
    });
  });

  it("does not wait for a worker that has gone", async () => {
    await assert.rejects(run([{ value: 1, does: "exit" }]), /a worker ended with 3/);
  });

  it("ends workers that compute when the signal is aborted", async () => {
    const controller = new AbortController();
    const running = run([{ value: 1, does: "spin" }], { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await assert.rejects(running, /enough/);
    await assert.rejects(run([{ value: 1 }], { signal: controller.signal }), /enough/);
  });

  it("ends all that runs when it is stopped, and nothing that starts later", async () => {
    const both = [1, 2].map((value) => run([{ value, does: "spin" }]));
    setTimeout(() => stopTasks(new Error("the cell was interrupted")), 50);
    for (const result of await Promise.allSettled(both))
      assert.match(`${result.status === "rejected" && result.reason}`, /the cell was interrupted/);
    assert.deepEqual(await run([{ value: 3 }]), [9]);
  });

  it("refuses a number of workers that is none", async () => {
    for (const workers of [0, 1.5, Number.NaN])
      await assert.rejects(run([{ value: 1 }], { workers }), { name: "RangeError", message: /workers, got/ });
  });
});

describe("meet", () => {
  it("lets nobody on before all have come, and shows each what the others wrote", async () => {
    const shared = { team: 3, barrier: sharedIntegers(BARRIER_SLOTS), counts: sharedFloats(3) };
    const inputs = [0, 1, 2].map((me): MeetingInput => ({ me, ...shared }));
    const late = await runTasks<MeetingInput, number>(new URL("./meeting.js", import.meta.url), inputs, {
      workers: 3,
    });
    assert.deepEqual(late, [0, 0, 0]);
  });
});
