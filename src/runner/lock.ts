import { mkdirSync, rmSync, statSync, utimes } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The holder of a lock shows that it lives by a fresh time stamp; process ids repeat in containers. */
const BEAT_MS = 500;
const STALE_MS = 5000;

/**
 * Does something that only one process may do at a time; others wait for their turn.
 * @param path - the lock, a folder that exists while somebody holds it.
 * @param work - is told whether an earlier holder was killed before it was through.
 * @param onWait - called once when another process seems to be at work.
 */
export async function withLock<T>(
  path: string,
  work: (wasInterrupted: boolean) => Promise<T>,
  onWait: () => void,
): Promise<T> {
  const wasInterrupted = await acquire(path, onWait);
  const beat = setInterval(() => utimes(path, new Date(), new Date(), () => {}), BEAT_MS);
  try {
    return await work(wasInterrupted);
  } finally {
    clearInterval(beat);
    rmSync(path, { recursive: true, force: true });
  }
}

async function acquire(path: string, onWait: () => void): Promise<boolean> {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw notWritable(path, error);
  }
  let isWaiting = false;
  let wasInterrupted = false;
  while (!create(path)) {
    const held = statSync(path, { throwIfNoEntry: false });
    if (!held) continue;
    if (Date.now() - held.mtimeMs > STALE_MS) {
      wasInterrupted = true;
      rmSync(path, { recursive: true, force: true });
      continue;
    }
    if (!isWaiting) onWait();
    isWaiting = true;
    await sleep(BEAT_MS);
  }
  return wasInterrupted;
}

function create(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw notWritable(path, error);
  }
}

function notWritable(path: string, cause: unknown): Error {
  const { code } = cause as NodeJS.ErrnoException;
  return new Error(
    `${dirname(path)} cannot be written (${code}): make the set-up as the user who owns the project, then run again`,
    { cause },
  );
}
