import { randomUUID } from "node:crypto";
import {
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { explainFileError } from "./files.js";

/** Who holds, or held, a lock. */
export interface LockHolder {
  pid: number;
  /** ISO 8601, UTC. */
  startedAt: string;
}

/** A lock of this process, until it is released or the process ends. */
export interface Lock {
  release(): void;
  /** The holder that died without a release, where there was one. */
  stale: LockHolder | null;
}

/** What the lock file says. Process ids mean something on one machine and in one container only: the place. */
interface LockRecord extends LockHolder {
  place: string;
  /** When the process began, in ticks of the machine: process ids are used again. */
  processStart: string | null;
  token: string;
}

const BEAT_MS = 1000;
/** A holder elsewhere that has not touched its lock for so long is taken for dead. */
const SILENCE_MS = 30_000;
const WAIT_MS = 250;

const held = new Map<string, LockRecord>();
process.on("exit", () => {
  for (const path of held.keys()) release(path);
});

/**
 * Takes a lock, or says who has it.
 * @param path - the lock, a file that exists while somebody holds it.
 * @param what - what the holder does, as a message continues "another run ".
 * @throws Error in one line when a living process holds it, or the folder cannot be written.
 */
export function acquireLock(path: string, { what }: { what: string }): Lock {
  const attempt = tryLock(path);
  if ("lock" in attempt) return attempt.lock;
  const { pid, startedAt } = attempt.holder;
  throw new Error(
    `another run (process ${pid}, since ${startedAt}) ${what}: wait for its end, or name another place`,
  );
}

/**
 * Does something that only one process may do at a time; others wait for their turn.
 * @param work - is told whether an earlier holder was killed before it was through.
 * @param onWait - called once when another process is at work.
 */
export async function withLock<T>(
  path: string,
  work: (wasInterrupted: boolean) => Promise<T>,
  onWait: () => void,
): Promise<T> {
  let isWaiting = false;
  for (;;) {
    const attempt = tryLock(path);
    if ("lock" in attempt) {
      try {
        return await work(attempt.lock.stale !== null);
      } finally {
        attempt.lock.release();
      }
    }
    if (!isWaiting) onWait();
    isWaiting = true;
    await sleep(WAIT_MS);
  }
}

function tryLock(path: string): { lock: Lock } | { holder: LockHolder } {
  const record: LockRecord = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    place: thisPlace(),
    processStart: processStart(process.pid),
    token: randomUUID(),
  };
  let stale: LockHolder | null = null;
  while (!create(path, record)) {
    const other = read(path);
    if (other === undefined) continue;
    if (other === "unreadable") return { holder: { pid: 0, startedAt: "just now" } };
    if (isAlive(path, other)) return { holder: other };
    if (takeAway(path, other)) stale = other;
  }
  held.set(path, record);
  const beat = setInterval(() => utimes(path, new Date(), new Date(), () => {}), BEAT_MS);
  beat.unref();
  return {
    lock: {
      stale,
      release: () => {
        clearInterval(beat);
        release(path);
      },
    },
  };
}

function create(path: string, record: LockRecord): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(record), { flag: "wx" });
    return true;
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    if (error.code === "EEXIST" && error.syscall === "open") return false;
    throw new Error(`${dirname(path)} cannot be written (${explainFileError(error)})`, { cause });
  }
}

/** What a lock says; nothing when it is gone, "unreadable" while its holder is still writing it. */
function read(path: string): LockRecord | "unreadable" | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age < SILENCE_MS) return "unreadable";
    rmSync(path, { force: true });
    return undefined;
  }
}

function isAlive(path: string, holder: LockRecord): boolean {
  if (holder.place !== thisPlace()) {
    const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - touched < SILENCE_MS;
  }
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return processStart(holder.pid) === holder.processStart;
}

/** Removes the lock of a dead holder, unless somebody else was quicker and has a lock of his own there. */
function takeAway(path: string, dead: LockRecord): boolean {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return false;
  }
  const moved = read(aside);
  const isRight = typeof moved === "object" && moved.token === dead.token;
  if (isRight) rmSync(aside, { force: true });
  else renameSync(aside, path);
  return isRight;
}

function release(path: string): void {
  const ours = held.get(path);
  held.delete(path);
  try {
    const there = read(path);
    if (typeof there === "object" && there.token === ours?.token) rmSync(path, { force: true });
  } catch {}
}

function thisPlace(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** Field 22 of `/proc/PID/stat`; null for a process that has ended, and where the system has no such file. @see man 5 proc */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? null : (fields[18] ?? null);
  } catch {
    return null;
  }
}
