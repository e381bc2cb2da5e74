import { inspect } from "node:util";

/** Of what a failed file printed, so many last lines are shown. */
const OUTPUT_LINES = 200;

/** An event of node's test runner, with the fields that are read here. */
export interface TestEvent {
  type: string;
  data: {
    name?: string;
    nesting?: number;
    file?: string;
    line?: number;
    column?: number;
    message?: string;
    skip?: string | boolean;
    todo?: string | boolean;
    details?: { duration_ms?: number; type?: string; error?: TestError };
  };
}

/** Why node says a test failed; the error thrown by the test is the cause. */
export interface TestError {
  message: string;
  failureType?: string;
  exitCode?: number | null;
  signal?: string | null;
  cause?: unknown;
}

/** A test with what there is to say about it: the reason of a skip, or a failure in full. */
export interface Remark {
  title: string;
  text: string;
}

/** What one test file came to. Suites and the file itself are no tests; a crash counts as one failure. */
export interface FileResult {
  file: string;
  passed: number;
  failures: Remark[];
  skips: Remark[];
  seconds: number;
  /** What the file printed; shown when it failed. */
  output: string;
}

/**
 * What a test file came to, from the events of a run of this file alone.
 * @param file - the name to report it under.
 * @param compiled - the path it was run by, under which node reports the file itself.
 */
export function summariseFile(file: string, compiled: string, events: readonly TestEvent[]): FileResult {
  const result: FileResult = { file, passed: 0, failures: [], skips: [], seconds: 0, output: "" };
  const begun = new Map<string, string>();
  const parents: string[] = [];
  let diagnostics = "";
  let crash: TestError | undefined;

  for (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") result.output += data.message ?? "";
    if (type === "test:diagnostic" && data.message?.startsWith("Error")) diagnostics += `${data.message}\n`;
    if (data.name === undefined) continue;
    const isFile = data.name === compiled && data.nesting === 0;
    if (isFile) {
      if (type === "test:complete") {
        result.seconds = (data.details?.duration_ms ?? 0) / 1000;
        crash = data.details?.error;
      }
      continue;
    }
    const key = [data.nesting, data.line, data.column, data.name].join(":");
    if (type === "test:enqueue") begun.set(key, data.name);
    if (type === "test:complete") begun.delete(key);
    if (type === "test:start") parents[data.nesting ?? 0] = data.name;
    if (type === "test:pass" || type === "test:fail") {
      const title = [...parents.slice(0, data.nesting), data.name].join(" > ");
      addTest(result, title, data, type === "test:fail");
    }
  }

  const unfinished = [...begun.values()];
  const ended = describeEnd(result, crash, unfinished, diagnostics);
  if (ended) result.failures.push(ofFile(ended));
  return result;
}

/** The result of a file that could not even be started. */
export function crashed(file: string, reason: string): FileResult {
  return { file, passed: 0, failures: [ofFile(reason)], skips: [], seconds: 0, output: "" };
}

function ofFile(text: string): Remark {
  return { title: "the file itself", text };
}

function addTest(result: FileResult, title: string, data: TestEvent["data"], isFailure: boolean): void {
  const { error, type } = data.details ?? {};
  const excuse = data.skip ?? data.todo;
  if (excuse) {
    const reason = typeof excuse === "string" ? excuse : "no reason given";
    result.skips.push({ title, text: data.skip ? reason : `to do: ${reason}` });
  } else if (isFailure) {
    // A parent that failed through its subtests says nothing new.
    if (error?.failureType === "subtestsFailed") return;
    const text = describeError(error?.cause ?? error?.message);
    const where = `${data.file}:${data.line}:${data.column}`;
    result.failures.push({ title, text: /^ {2}at /m.test(text) ? text : `${text}\n  at ${where}` });
  } else if (type !== "suite") {
    result.passed++;
  }
}

function describeEnd(
  result: FileResult,
  crash: TestError | undefined,
  unfinished: readonly string[],
  diagnostics: string,
): string | undefined {
  const waiting = unfinished.length > 0 ? `; not finished: ${unfinished.join(", ")}` : "";
  if (crash && (crash.failureType !== "subtestsFailed" || result.failures.length === 0)) {
    if (crash.failureType === "testTimeoutFailure")
      return `did not end in time (${crash.message})${waiting || "; its tests did, something keeps it running"}`;
    const how = crash.signal ? `signal ${crash.signal}` : `exit code ${crash.exitCode}`;
    return `crashed with ${how}${waiting}${diagnostics && `\n${diagnostics}`}`;
  }
  if (waiting) return `ended early${waiting}`;
  if (result.passed + result.failures.length + result.skips.length === 0) return "reported no test";
  return undefined;
}

/** The message, the source lines it came from, expected and actual where the message does not show them, the causes. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === "string" ? error : inspect(error, { depth: 6 });
  const stack = (error.stack ?? "").split("\n");
  const frames = stack.filter((line) => /^\s+at /.test(line) && !/node:|\(<anonymous>\)$/.test(line));
  const parts = [`${error.name}: ${error.message}`, ...frames.map((line) => `  ${line.trim()}`)];
  const { expected, actual, generatedMessage, operator } = error as Error & Record<string, unknown>;
  if (generatedMessage === false && operator !== "==")
    parts.push(`expected: ${show(expected)}`, `actual:   ${show(actual)}`);
  if (error.cause !== undefined) parts.push(`caused by ${describeError(error.cause)}`);
  if (error instanceof AggregateError) parts.push(...error.errors.map((e) => `one of ${describeError(e)}`));
  return parts.join("\n");
}

function show(value: unknown): string {
  return inspect(value, { depth: 6, maxArrayLength: 50 });
}

/** One line for a file, its skips with their reasons, its failures in full and, for these, what it printed. */
export function formatFile(result: FileResult): string {
  const { file, passed, failures, skips, seconds, output } = result;
  const isGood = failures.length === 0;
  const counts = Object.entries({ passed, failed: failures.length, skipped: skips.length })
    .filter(([, n]) => n > 0)
    .map(([word, n]) => `${n} ${word}`);
  const verdict = isGood ? (passed > 0 ? "ok  " : "skip") : "FAIL";
  const lines = [`${verdict}  ${file}  (${[...counts, `${seconds.toFixed(1)} s`].join(", ")})`];
  for (const { title, text } of skips) lines.push(`        skipped: ${title} (${text})`);
  for (const { title, text } of failures) lines.push(`        failed: ${title}`, indent(text, 10));
  const printed = output.trim().split("\n").slice(-OUTPUT_LINES).join("\n");
  if (!isGood && printed !== "") lines.push("        it printed:", indent(printed, 10));
  return `${lines.join("\n")}\n`;
}

/** The failed titles again, how long it took, then the counts alone on the last line. */
export function formatSummary(results: readonly FileResult[], seconds: number): string {
  const failed = results.flatMap((r) => r.failures.map(({ title }) => `  ${r.file}: ${title}\n`));
  const skipped = results.reduce((sum, r) => sum + r.skips.length, 0);
  const passed = results.reduce((sum, r) => sum + r.passed, 0);
  return [
    failed.length > 0 ? `\nFailed:\n${failed.join("")}` : "",
    `\n${results.length} ${results.length === 1 ? "file" : "files"} in ${seconds.toFixed(1)} s\n`,
    `${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`,
  ].join("");
}

function indent(text: string, width: number): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(width));
}
