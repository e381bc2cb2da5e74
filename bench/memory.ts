import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 50;

/**
 * Watches how much memory a process and all it starts hold: the largest sum, over the processes alive at one
 * moment, of each one's own high-water mark (VmHWM; pages shared by processes count in each). Looking every
 * 50 ms misses processes that are gone sooner, not peaks of those that stay.
 * @returns what ends the watch and gives the bytes; null where there is no /proc.
 */
export function watchMemory(pid: number): () => number | null {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, sumOfPeaks(pid));
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return peak > 0 ? peak : null;
  };
}

function sumOfPeaks(pid: number): number {
  const children = childrenOfAll();
  let sum = 0;
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    sum += ownPeak(next);
    waiting.push(...(children.get(next) ?? []));
  }
  return sum;
}

function childrenOfAll(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of list("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // The name of the program stands in brackets before state and parent, and may hold anything.
    const stat = read(`/proc/${name}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

function ownPeak(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Processes end while they are looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
