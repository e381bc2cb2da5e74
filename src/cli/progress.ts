import { clearLine, cursorTo } from "node:readline";
import { formatDateTime, formatDuration } from "../format.js";
import type { CellProgress } from "../runner/execute.js";
import type { NotebookProgress } from "../runner/report.js";

/** Shows a run: a line per notebook and cell; on a terminal the finished cells of a notebook fold into its line. */
export function consoleProgress(stream: NodeJS.WriteStream): {
  /** Writes a line of its own, clear of the cell that is being shown. */
  say: (line: string) => void;
  onNotebook: (progress: NotebookProgress) => void;
  onCell: (progress: CellProgress) => void;
} {
  const rewrite = (text: string): void => rewriteLine(stream, text);
  const indent = " ".repeat(8);
  const say = (line: string): void => {
    if (stream.isTTY) rewrite("");
    stream.write(`${line}\n`);
  };
  return {
    say,
    onNotebook: (progress) => {
      if (progress.state !== "completed" && progress.state !== "failed")
        say(`[${progress.position}/${progress.count}] ${progress.name}`);
      if (progress.state !== "running") say(`${indent}${describeEnd(progress)}`);
    },
    onCell: ({ cell, position, count, state, durationSeconds }) => {
      const line = `${indent}cell ${position}/${count} ${cell}`;
      if (state === "running") {
        if (stream.isTTY) rewrite(line);
      } else {
        const time = `${line} ${formatDuration(durationSeconds!)}${state === "failed" ? " failed" : ""}`;
        if (stream.isTTY) rewrite(time);
        else stream.write(`${time}\n`);
      }
    },
  };
}

/** Shows on a terminal, in one line, what a short command is doing; elsewhere nothing. An empty step clears the line. */
export function stepProgress(stream: NodeJS.WriteStream): (step: string) => void {
  return (step) => {
    if (stream.isTTY) rewriteLine(stream, step === "" ? "" : `${step} …`);
  };
}

function rewriteLine(stream: NodeJS.WriteStream, text: string): void {
  clearLine(stream, 0);
  cursorTo(stream, 0);
  stream.write(text.slice(0, stream.columns || 80));
}

function describeEnd({ state, durationSeconds, startedAt, waitsFor }: NotebookProgress): string {
  if (state === "cached") return `unchanged since ${formatDateTime(startedAt!)} UTC`;
  if (state === "pending") return `waits for ${waitsFor!.join(" and ")}`;
  return `${state} in ${formatDuration(durationSeconds!)}`;
}
