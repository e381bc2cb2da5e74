/** A kernel stays of use whatever its cells do to it. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ExecuteReply, Kernel } from "#src/runner/kernel.js";
import { findKernel } from "#src/runner/kernelspec.js";
import { root } from "../structure/support.js";

describe("a kernel", () => {
  let kernel: Kernel;
  before(async () => {
    kernel = await Kernel.start({ spec: findKernel("tslab"), cwd: root });
  });
  after(() => kernel.stop());

  async function run(
    code: string,
    options: { interruptAfterMs?: number } = {},
  ): Promise<ExecuteReply & { text: string }> {
    let text = "";
    const running = kernel.execute(
      code,
      ({ header, content }) => {
        if (header.msg_type === "stream") text += content["text"];
      },
      { cellId: "here", timeout: 30 },
    );
    if (options.interruptAfterMs) setTimeout(() => kernel.interrupt(), options.interruptAfterMs);
    return { ...(await running), text };
  }

  it("interrupts what computes or waits, in each of its forms, and goes on", async () => {
    for (const code of [
      "while (true) {}",
      "await new Promise(() => {});",
      "await new Promise((r) => setTimeout(r, 20)); while (true) {}",
      "setTimeout(() => { while (true) {} }, 20); await new Promise(() => {});",
    ]) {
      const { status, ename } = await run(`console.log("begun"); ${code}`, { interruptAfterMs: 600 });
      assert.deepEqual([status, ename], ["error", "Interrupted"], code);
      assert.equal((await run('console.log("alive")')).text, "alive\n", code);
    }
  });

  it("shows what is printed before a cell computes without end", async () => {
    let seen = "";
    const running = kernel.execute(
      'console.log("a"); console.error("b"); console.log("c"); while (true) {}',
      ({ header, content }) => {
        if (header.msg_type !== "stream") return;
        seen += content["text"];
        if (seen === "a\nb\nc\n") kernel.interrupt();
      },
      { timeout: 20 },
    );
    assert.equal((await running).ename, "Interrupted");
    assert.equal(seen, "a\nb\nc\n");
  });

  it("shows the progress of long work and ends its threads when the cell is interrupted", async () => {
    let seen = "";
    const cell = `import { matrixOf, tsne } from "insiders";
      const X = matrixOf(Array.from({ length: 600 }, (_, i) => [i % 17, i % 5, i]));
      await tsne(X, { nIter: 1e6, onProgress: (done) => { if (done === 50) console.log("fifty"); } });`;
    const running = kernel.execute(
      cell,
      ({ header, content }) => {
        // Once: an interrupt at one of the messages that end the cell would meet the next one.
        if (header.msg_type !== "stream") return;
        seen += content["text"];
        if (seen === "fifty\n") kernel.interrupt();
      },
      { timeout: 60 },
    );
    assert.equal((await running).ename, "Interrupted");
    // Threads that go on would take a processor each of these times.
    const after = await run(`let isIdle = false;
      for (let tries = 0; tries < 20 && !isIdle; tries++) {
        const before = process.cpuUsage();
        await new Promise((r) => setTimeout(r, 300));
        isIdle = process.cpuUsage(before).user < 100_000;
      }
      console.log(isIdle ? "idle" : "busy");`);
    assert.equal(after.text, "idle\n");
  });

  const odd: [title: string, code: string, ename: string, evalue: RegExp][] = [
    [
      "a result that throws while it is shown",
      '({ [Symbol.for("nodejs.util.inspect.custom")]() { throw 1; } })',
      "Thrown",
      /^1$/,
    ],
    [
      "a result that no access survives",
      'new Proxy({}, { get() { throw new Error("px"); } })',
      "Error",
      /^px$/,
    ],
    [
      "a result that is no JSON",
      '(globalThis as any)[Symbol.for("jupyter.formatters")].unshift({ matches: (v: any) => v?.odd === 1, bundle: () => ({ data: { "text/plain": 5n } }) });\n({ odd: 1 })',
      "TypeError",
      /BigInt/,
    ],
    [
      "an error whose message throws",
      'const e = new Error("x"); Object.defineProperty(e, "message", { get() { throw 2; } }); throw e;',
      "Thrown",
      /cannot be shown/,
    ],
    [
      "an error with a number for a name",
      "const n = new Error(); (n as any).name = 42; (n as any).message = undefined; throw n;",
      "42",
      /^undefined$/,
    ],
    ["nothing thrown", "throw undefined;", "Thrown", /^undefined$/],
    ["a rejection with nothing", "void Promise.reject();", "Thrown", /^undefined$/],
    [
      "endless recursion",
      "function deep(): number { return 1 + deep(); }\ndeep();",
      "RangeError",
      /call stack/,
    ],
    [
      "a formatter of stacks that throws",
      'Error.prepareStackTrace = () => { throw new Error("no"); };\nthrow new RangeError("x");',
      "RangeError",
      /^x$/,
    ],
  ];
  for (const [title, code, ename, evalue] of odd)
    it(`answers to ${title}`, async () => {
      const reply = await run(code);
      assert.deepEqual([reply.status, reply.ename], ["error", ename]);
      assert.match(reply.evalue!, evalue);
      assert.equal((await run('console.log("alive")')).text, "alive\n");
    });

  it("says of each late failure that nobody waits for where it came from, and loses none", async () => {
    const { status, evalue, place, text } = await run(
      "for (let i = 0; i < 3; i++) void Promise.reject(new Error(`no ${i}`));\nawait new Promise(() => {});",
    );
    assert.deepEqual([status, evalue, place], ["error", "no 0", { cell: "here", line: 1 }]);
    assert.match(text, /Error: no 1[\s\S]*Error: no 2/);
  });

  it("does its own work with clocks and a process of its own", async () => {
    await run(
      'import { mock } from "node:test";\nmock.timers.enable();\nglobalThis.process = undefined as any;',
    );
    assert.equal((await run('console.log("alive")')).text, "alive\n");
    assert.equal((await kernel.drain(1)).status, "ok");
  });
});
