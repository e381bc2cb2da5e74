import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Case, Command, Setting, Side } from "./case.js";
import { watchMemory } from "./memory.js";

/** One run of a side. */
export interface Sample {
  seconds: number;
  peakBytes: number | null;
  /** What the last command printed as JSON, when a figure of it is asked for. */
  figures?: Record<string, number>;
}

/** The runs of a side that count, in the order of the rounds. */
export interface Measured {
  side: string;
  samples: Sample[];
}

/**
 * Runs the sides of a case in turn, round after round, so that what changes with time meets all of them.
 * @param onRound - told before each round, from 1, and of how many.
 */
export async function measureCase(
  spec: Case,
  sides: readonly Side[],
  setting: Setting,
  onRound: (round: number, count: number) => void,
): Promise<Measured[]> {
  const measured: Measured[] = sides.map((side) => ({ side: side.name, samples: [] }));
  const count = spec.warmUps + spec.rounds;
  for (let round = 0; round < count; round++) {
    onRound(round + 1, count);
    for (const [at, side] of sides.entries()) {
      const sample = await measureSide(side.commands(setting), spec);
      if (round >= spec.warmUps) measured[at]!.samples.push(sample);
    }
  }
  return measured;
}

async function measureSide(commands: readonly Command[], { figure, shown }: Case): Promise<Sample> {
  let seconds = 0;
  let peakBytes: number | null = null;
  let lastLine = "";
  for (const command of commands) {
    const run = await runOnce(command);
    seconds += run.seconds;
    if (run.peakBytes !== null) peakBytes = Math.max(peakBytes ?? 0, run.peakBytes);
    lastLine = run.lastLine;
  }
  if (figure === "process" && shown === undefined) return { seconds, peakBytes };
  const figures = JSON.parse(lastLine) as Record<string, number>;
  if (figure === "process") return { seconds, peakBytes, figures };
  const reported = figures[figure];
  if (reported === undefined) throw new Error(`${figure} is not among the figures ${lastLine}`);
  return { seconds: reported, peakBytes, figures };
}

async function runOnce({ argv, cwd, env }: Command): Promise<Sample & { lastLine: string }> {
  const [program, ...args] = argv;
  const started = performance.now();
  const child = spawn(program!, args, {
    ...(cwd && { cwd }),
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stopWatch = watchMemory(child.pid ?? -1);
  const outputs = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, "exit").finally(stopWatch)) as [number | null];
  const seconds = (performance.now() - started) / 1000;
  const [stdout, stderr] = await outputs;
  if (code !== 0) throw new Error(`${argv.join(" ")} exited with ${code}\n${stderr || stdout}`);
  return { seconds, peakBytes: stopWatch(), lastLine: stdout.trimEnd().split("\n").at(-1)! };
}
