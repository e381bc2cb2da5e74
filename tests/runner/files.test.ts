import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

  it("keeps its mode, and a link that leads to it", () => {
    writeFileSync(join(folder, "target"), "old");
    chmodSync(join(folder, "target"), 0o600);
    symlinkSync("target", join(folder, "link"));
    writeFileAtomic(join(folder, "link"), ["n", "ew"]);
    assert.equal(readFileSync(join(folder, "target"), "utf8"), "new");
    assert.equal(statSync(join(folder, "target")).mode & 0o777, 0o600);
    assert.ok(lstatSync(join(folder, "link")).isSymbolicLink());
  });

  it("goes into what is no file, and leaves it what it is", () => {
    const pipe = join(folder, "pipe");
    if (spawnSync("mkfifo", [pipe]).status !== 0) return;
    const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "ignore"] });
    let read = "";
    reader.stdout.setEncoding("utf8").on("data", (text: string) => {
      read += text;
    });
    writeFileAtomic(pipe, "through");
    assert.ok(statSync(pipe).isFIFO());
    return once(reader, "close").then(() => assert.equal(read, "through"));
  });
});
