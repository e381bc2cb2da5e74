import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { collectPair, joinPairs } from "#src/cli/argument-pairs.js";

const kinds = {
  pairs: { "-p": "--parameters", "--parameters": "--parameters", "-r": "--raw", "--raw": "--raw" },
  single: ["-k", "--kernel", "-f", "--file"],
};
const join = (...args: string[]): string[] => joinPairs(args, kinds).map((arg) => arg.replaceAll("\0", "|"));

describe("an option with a name and a value", () => {
  it("becomes one argument, whatever name and value look like", () => {
    assert.deepEqual(join("in", "-p", "a", "1", "out"), ["in", "--parameters=a|1", "out"]);
    assert.deepEqual(join("-p", "a", "-5", "--raw", "b", "--kernel"), [
      "--parameters=a|-5",
      "--raw=b|--kernel",
    ]);
    assert.deepEqual(join("-p", "a", "-p", "-p", "a", "--"), ["--parameters=a|-p", "--parameters=a|--"]);
    assert.deepEqual(join("-r", "a", ""), ["--raw=a|"]);
    assert.deepEqual(join("-r", "a", "x=y\nz"), ["--raw=a|x=y\nz"]);
  });

  it("may have its name attached", () => {
    assert.deepEqual(join("-palpha", "1"), ["--parameters=alpha|1"]);
    assert.deepEqual(join("--parameters=alpha", "1"), ["--parameters=alpha|1"]);
  });

  it("is not looked for where another option has its value, nor behind --", () => {
    assert.deepEqual(join("-k", "-p", "a", "b"), ["-k", "-p", "a", "b"]);
    assert.deepEqual(join("-f-p", "-p", "a", "b"), ["-f-p", "--parameters=a|b"]);
    assert.deepEqual(join("--file=x", "-p", "a", "b"), ["--file=x", "--parameters=a|b"]);
    assert.deepEqual(join("--", "-p", "a", "b"), ["--", "-p", "a", "b"]);
    assert.deepEqual(join("-", "-"), ["-", "-"]);
  });

  it("is left to complain about when something is missing", () => {
    assert.deepEqual(join("-p"), ["--parameters"]);
    assert.deepEqual(join("x", "-p", "a"), ["x", "--parameters=a"]);
    assert.throws(() => collectPair("a"), /It takes a name and a value/);
  });

  it("gives back name and value, after those before it", () => {
    assert.deepEqual(collectPair("a\0b=c"), [["a", "b=c"]]);
    assert.deepEqual(collectPair("d\0", [["a", "b"]]), [
      ["a", "b"],
      ["d", ""],
    ]);
  });
});
