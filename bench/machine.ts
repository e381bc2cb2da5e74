import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, totalmem, type } from "node:os";

/** The machine in one line, without a word that tells whose it is. */
export function describeMachine(python: string): string {
  const parts = [
    `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? "an unknown processor"}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    type(),
    `Node ${process.versions.node}`,
  ];
  if (python) parts.push(execFileSync(python, ["--version"], { encoding: "utf8" }).trim());
  return parts.join(", ");
}
