import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { acquireLock, withLock } from "#src/runner/lock.js";
import { root } from "../structure/support.js";

const folder = mkdtempSync(join(tmpdir(), "insiders-lock-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A process that takes a lock and keeps it; what it says is that it has it. */
async function holder(path: string): Promise<ChildProcess> {
  const lock = join(root, "dist/runner/lock.js");
  const code = `const { acquireLock } = await import(${JSON.stringify(lock)});
    acquireLock(${JSON.stringify(path)}, { what: "works here" });
    setInterval(() => {}, 1000);
    process.on("SIGTERM", () => process.exit(0));
    console.log("held");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout!, "data");
  return child;
}

describe("a lock", () => {
  it("that a living process holds is refused with its number, and free once that has ended", async () => {
    const path = join(folder, "held.lock");
    const child = await holder(path);
    assert.throws(() => acquireLock(path, { what: "works here" }), {
      message: new RegExp(`^another run \\(process ${child.pid}, since 20.*Z\\) works here: wait`),
    });
    child.kill("SIGTERM");
    await once(child, "exit");
    assert.ok(!existsSync(path));
    const lock = acquireLock(path, { what: "works here" });
    assert.equal(lock.stale, null);
    lock.release();
    assert.ok(!existsSync(path));
  });

  it("of a process that was killed is taken over at once, and its holder told", async () => {
    const path = join(folder, "killed.lock");
    const child = await holder(path);
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.ok(existsSync(path));
    const lock = acquireLock(path, { what: "works here" });
    assert.equal(lock.stale?.pid, child.pid);
    assert.match(lock.stale!.startedAt, /^20.*Z$/);
    lock.release();
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith("killed")),
      [],
    );
  });

  it("of a process number that another process has now is taken over", () => {
    const path = join(folder, "reused.lock");
    acquireLock(path, { what: "" }).release();
    const first = acquireLock(path, { what: "" });
    const record = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    first.release();
    writeFileSync(path, JSON.stringify({ ...record, processStart: "1", token: "other" }));
    assert.equal(acquireLock(path, { what: "" }).stale?.pid, process.pid);
  });

  it("of another machine is held while it is touched, and free when it is silent", () => {
    const path = join(folder, "elsewhere.lock");
    const record = { pid: 1, startedAt: "2026-01-01T00:00:00.000Z", place: "elsewhere", token: "x" };
    writeFileSync(path, JSON.stringify(record));
    assert.throws(() => acquireLock(path, { what: "works" }), /process 1, since 2026-01-01/);
    utimesSync(path, 0, 0);
    assert.equal(acquireLock(path, { what: "works" }).stale?.pid, 1);
  });

  it("that cannot be made says where and why", () => {
    writeFileSync(join(folder, "file"), "");
    assert.throws(() => acquireLock(join(folder, "file/lock"), { what: "" }), {
      message: `${folder}/file cannot be written (a file stands where a folder is needed: name another folder)`,
    });
  });

  it("lets one in at a time, and tells who waits", async () => {
    const path = join(folder, "queue.lock");
    const events: string[] = [];
    const work = (name: string) => (): Promise<void> =>
      withLock(
        path,
        async () => {
          events.push(`${name} begins`);
          await sleep(300);
          events.push(`${name} ends`);
        },
        () => events.push(`${name} waits`),
      );
    await Promise.all([work("a")(), work("b")()]);
    assert.deepEqual(events, ["a begins", "b waits", "a ends", "b begins", "b ends"]);
  });
});
