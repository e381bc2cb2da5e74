/** What the order of notebooks follows from. */
export interface CycleNode {
  name: string;
  reads: readonly string[];
  writes: readonly string[];
}

/**
 * The order in which notebooks run: each after those that write what it reads; their numbers decide the rest.
 * @throws Error in one line when two write one artifact, or when some wait for each other.
 */
export function orderCycles<T extends CycleNode>(cycles: readonly T[]): T[] {
  const writers = writersOf(cycles);
  const waiting = cycles.toSorted(byNumber);
  const ordered: T[] = [];
  const isDone = (name: string): boolean => ordered.some((cycle) => cycle.name === name);
  while (waiting.length > 0) {
    const at = waiting.findIndex((cycle) =>
      cycle.reads.every((artifact) => isDone(writers.get(artifact)?.name ?? "") || !writers.has(artifact)),
    );
    if (at < 0) throw new Error(describeRing(waiting, writers));
    ordered.push(...waiting.splice(at, 1));
  }
  return ordered;
}

/**
 * Makes sure that all that is read will be there: written by a selected notebook, or in the workspace already.
 * @param all - every notebook there is, selected or not: one that is not may be what is missing.
 * @throws Error that names the artifact and what to do.
 */
export function assertReadable(
  selected: readonly CycleNode[],
  all: readonly CycleNode[],
  isInWorkspace: (artifact: string) => boolean,
): void {
  const written = new Set(selected.flatMap(({ writes }) => writes));
  for (const { name, reads } of selected)
    for (const artifact of reads) {
      if (written.has(artifact) || isInWorkspace(artifact)) continue;
      const writer = all.find(({ writes }) => writes.includes(artifact));
      throw new Error(
        `${name} reads ${artifact}, which is not in the workspace: ${
          writer
            ? `run ${writer.name} too, which writes it`
            : "no notebook writes it; correct insiders.reads in the metadata"
        }`,
      );
    }
}

/** The names of those that must run before a notebook, directly or through others. */
export function upstreamOf(cycle: CycleNode, cycles: readonly CycleNode[]): Set<string> {
  const writers = writersOf(cycles);
  const found = new Set<string>();
  const visit = ({ reads }: CycleNode): void => {
    for (const artifact of reads) {
      const writer = writers.get(artifact);
      if (!writer || found.has(writer.name)) continue;
      found.add(writer.name);
      visit(writer);
    }
  };
  visit(cycle);
  return found;
}

function writersOf<T extends CycleNode>(cycles: readonly T[]): Map<string, T> {
  const writers = new Map<string, T>();
  for (const cycle of cycles)
    for (const artifact of new Set(cycle.writes)) {
      const other = writers.get(artifact);
      if (other)
        throw new Error(
          `${artifact} is written by ${other.name} and by ${cycle.name}: take it out of insiders.writes in the metadata of one`,
        );
      writers.set(artifact, cycle);
    }
  return writers;
}

/** "03-a reads x of 04-b, which reads y of 03-a": follows the readers until one comes up again. */
function describeRing(waiting: readonly CycleNode[], writers: ReadonlyMap<string, CycleNode>): string {
  const path: CycleNode[] = [];
  const links: string[] = [];
  let current = waiting[0]!;
  while (!path.includes(current)) {
    path.push(current);
    const artifact = current.reads.find((name) => waiting.includes(writers.get(name)!))!;
    const writer = writers.get(artifact)!;
    links.push(`reads ${artifact} of ${writer.name}`);
    current = writer;
  }
  const ring = links.slice(path.indexOf(current));
  return `notebooks wait for each other: ${current.name} ${ring.join(", which ")}; take one of these out of insiders.reads`;
}

/** By the number a name begins with; names without one come last. */
function byNumber(a: CycleNode, b: CycleNode): number {
  const number = ({ name }: CycleNode): number => Number(/^\d+/.exec(name)?.[0] ?? Number.MAX_SAFE_INTEGER);
  return number(a) - number(b) || (a.name < b.name ? -1 : 1);
}
