import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Checkpoint } from "#src/data/checkpoint.js";
import { temporaryFolder } from "./support.js";

describe("a checkpoint", () => {
  const fresh = (): string => join(temporaryFolder(), "deeper/work.jsonl");

  it("gives the next run of the same work what was kept", () => {
    const path = fresh();
    const first = new Checkpoint(path, "this work");
    assert.equal(first.get("a"), undefined);
    first.put("a", { labels: [0, 1, -1] });
    first.put("b", null);
    const next = new Checkpoint(path, "this work");
    assert.equal(next.size, 2);
    assert.deepEqual(next.get("a"), { labels: [0, 1, -1] });
    assert.equal(next.get("b"), null);
  });

  it("drops the results of other work", () => {
    const path = fresh();
    new Checkpoint(path, "this work").put("a", 1);
    assert.equal(new Checkpoint(path, "other work").size, 0);
    assert.equal(new Checkpoint(path, "this work").size, 0);
  });

  it("goes on behind a line that was cut off", () => {
    const path = fresh();
    new Checkpoint(path, "this work").put("a", 1);
    appendFileSync(path, '["b",[0,1,');
    const next = new Checkpoint(path, "this work");
    assert.deepEqual([next.size, next.get("b")], [1, undefined]);
    next.put("b", 2);
    assert.deepEqual(new Checkpoint(path, "this work").get("b"), 2);
  });

  it("starts anew over a file that is none", () => {
    const path = join(temporaryFolder(), "work.jsonl");
    writeFileSync(path, "\u0000\u0001 not ours\n[1,2]\n");
    assert.equal(new Checkpoint(path, "this work").size, 0);
    assert.match(readFileSync(path, "utf8"), /^\{"work":"this work"\}\n$/);
  });

  it("leaves nothing behind once it is removed", () => {
    const path = fresh();
    const done = new Checkpoint(path, "this work");
    done.remove();
    done.remove();
    assert.equal(existsSync(path), false);
  });
});
