/** One program that a side runs; its time is that of the process. */
export interface Command {
  /** The program and its arguments. */
  argv: readonly string[];
  cwd?: string;
  env?: Record<string, string>;
}

/** What the commands of a side may use. */
export interface Setting {
  /** The top of the checkout. */
  root: string;
  /** An empty folder of this case, removed at the end. */
  folder: string;
  /** Python with what the case requires; empty where there is none, and then no side of Python is asked. */
  python: string;
}

/** One way to do the work of a case. */
export interface Side {
  name: string;
  runs: "node" | "python";
  /** Programs that together do the work once, one after the other. */
  commands(setting: Setting): Command[];
}

/** A side ours is set against. */
export interface Rival extends Side {
  /** The largest ratio of our figure to its that is good enough; without one it is there for orientation. */
  target?: number;
}

/**
 * A comparison. Put one in `bench/cases/` as the default export of a file, and `npm run bench` finds it.
 */
export interface Case {
  /** What a filter of the command line looks for. */
  name: string;
  /** What is compared, and under which conditions. */
  title: string;
  /**
   * What is compared: `process` is the time of all commands of a side; another name is a figure in seconds
   * that the last command prints on its last line as JSON, `{"perCell": 0.004}`.
   */
  figure: string;
  unit: "s" | "ms";
  /** Other figures of that line which the table shows beside the times, the last round's: what the time was spent for. */
  shown?: readonly string[];
  ours: Side;
  rivals: readonly Rival[];
  /** Tools that cannot stand beside those of the other cases: an environment of their own, from `bench/requirements-NAME.txt`. */
  tools?: string;
  /** Runs of each side that count, and those before them that do not. */
  rounds: number;
  warmUps: number;
  /** Lays out what the sides need. */
  prepare?(setting: Setting): Promise<void> | void;
}
