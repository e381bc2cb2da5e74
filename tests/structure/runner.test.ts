import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { describeError } from "../reporter.js";
import { root } from "./support.js";

const FIXTURES = "tests/structure/fixtures/runner";

interface Run {
  code: number | null;
  text: string;
  lastLine: string | undefined;
}

/** Runs the fixtures whose path holds a word the way `npm test` runs the tests. */
function runTests(word: string, seconds = 30): Run {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = [join(root, "build/tests/run.js"), "--in", FIXTURES, "--seconds", String(seconds), word];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env });
  assert.equal(stderr, "");
  return { code: status, text: stdout, lastLine: stdout.trimEnd().split("\n").at(-1) };
}

describe("the test runner", () => {
  it("counts tests, not suites or files, and keeps quiet about what passed", () => {
    const { code, text, lastLine } = runTests("/passing");
    assert.deepEqual({ code, lastLine }, { code: 0, lastLine: "4 passed, 0 failed" });
    assert.match(
      text,
      /^ok {4}tests\/structure\/fixtures\/runner\/passing\.test\.ts {2}\(4 passed, \d+\.\d s\)\n/,
    );
    assert.doesNotMatch(text, /noise/);
  });

  it("tells failures in full, with the TypeScript line", () => {
    const { code, text, lastLine } = runTests("/failing");
    assert.deepEqual({ code, lastLine }, { code: 1, lastLine: "1 passed, 6 failed" });
    assert.match(text, /failed: compares values\n\s+AssertionError: one and one/);
    assert.match(
      text,
      /at .*\(tests\/structure\/fixtures\/runner\/failing\.test\.ts:7:10\)\n\s+expected: 3\n\s+actual: {3}2/,
    );
    assert.match(
      text,
      /failed: a suite > throws with a cause\n\s+Error: outer\n.*failing\.test\.ts:11:11\)\n\s+caused by Error: inner/,
    );
    assert.match(text, /that throws a text\n\s+just a text\n\s+at \S+failing\.test\.ts:14:13\n/);
    assert.match(text, /failed: a suite whose hook fails\n\s+Error: hook/);
    assert.match(text, /failed: a suite that throws\n\s+Error: suite/);
    assert.match(text, /it printed:\n\s+noise of a failing test\n/);
    assert.match(text, /\nFailed:\n {2}\S+failing\.test\.ts: compares values\n/);
    assert.doesNotMatch(text, /node:internal|file:\/\//);
  });

  it("names skipped tests and suites with the reason", () => {
    const { code, text, lastLine } = runTests("/skipping");
    assert.deepEqual({ code, lastLine }, { code: 0, lastLine: "1 passed, 0 failed, 3 skipped" });
    assert.match(text, /skipped: waits for a browser \(no browser here\)/);
    assert.match(text, /skipped: is planned \(to do: next cycle\)/);
    assert.match(text, /skipped: a skipped suite \(no database here\)/);
  });

  const endings: [string, string, RegExp][] = [
    ["/crashing", "0 passed, 1 failed", /crashed with exit code 1[\s\S]*before any test/],
    ["/late-crashing", "1 passed, 1 failed", /crashed with exit code 1\n.*after the last test/],
    ["/killed", "0 passed, 1 failed", /crashed with signal SIGKILL/],
    ["/never-ending", "1 passed, 1 failed", /failed: never settles\n.*still pending/],
    ["/leaving", "1 passed, 1 failed", /ended early; not finished: leaves with success/],
    ["/empty", "0 passed, 1 failed", /reported no test/],
  ];
  for (const [word, counts, reason] of endings)
    it(`fails for ${word.slice(1)}.test.ts`, () => {
      const { code, text, lastLine } = runTests(word);
      assert.deepEqual({ code, lastLine }, { code: 1, lastLine: counts });
      assert.match(text, reason);
    });

  it("ends a file that something keeps running", () => {
    const { code, text, lastLine } = runTests("/hanging", 6);
    assert.deepEqual({ code, lastLine }, { code: 1, lastLine: "1 passed, 1 failed" });
    assert.match(text, /did not end in time/);
  });

  it("fails when no test matches", () => {
    const { code, text, lastLine } = runTests("/no-such-file");
    assert.deepEqual({ code, lastLine }, { code: 1, lastLine: "0 passed, 0 failed" });
    assert.match(text, /no test file .* matches \/no-such-file/);
  });

  it("does not run a compiled test whose source is gone", () => {
    const stale = join(root, "build", FIXTURES, "stale-leftover.test.js");
    mkdirSync(join(stale, ".."), { recursive: true });
    writeFileSync(stale, 'import { test } from "node:test"; test("stale", () => {});\n');
    try {
      assert.equal(runTests("/stale-leftover").lastLine, "0 passed, 0 failed");
    } finally {
      rmSync(stale);
    }
  });
});

describe("an error in a report", () => {
  it("shows each of several causes", () => {
    const error = new AggregateError([new Error("first"), new Error("second")], "both failed");
    const text = describeError(error);
    for (const part of ["AggregateError: both failed", "one of Error: first", "one of Error: second"])
      assert.ok(text.includes(part), text);
  });

  it("shows a thrown value that is no error", () => {
    assert.equal(describeError({ code: 3 }), "{ code: 3 }");
  });
});
