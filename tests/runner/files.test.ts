import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { writeFileAtomic } from "#src/runner/files.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));

describe("a file written at once", () => {
  it("replaces the old one and makes its folder", () => {
    const path = join(folder, "new/page.html");
    writeFileAtomic(path, "old");
    writeFileAtomic(path, "new");
    assert.equal(readFileSync(path, "utf8"), "new");
    assert.deepEqual(readdirSync(join(folder, "new")), ["page.html"]);
  });

  it("names itself when something is in the way, and leaves nothing behind", () => {
    writeFileSync(join(folder, "file"), "");
    assert.throws(() => writeFileAtomic(join(folder, "file/page.html"), "x"), {
      message: `${folder}/file/page.html cannot be written (a file stands where a folder is needed: name another folder)`,
    });
    mkdirSync(join(folder, "taken/page.html"), { recursive: true });
    assert.throws(() => writeFileAtomic(join(folder, "taken/page.html"), "x"), {
      message: /page\.html cannot be written \(a folder stands in its place/,
    });
    assert.deepEqual(readdirSync(join(folder, "taken")), ["page.html"]);
  });
});
