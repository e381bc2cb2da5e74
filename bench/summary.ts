import type { Case, Rival } from "./case.js";
import type { Measured, Sample } from "./measure.js";

/** What the runs of one case came to, as Markdown. */
export function describeCase(spec: Case, measured: readonly Measured[]): string {
  const show = (seconds: number): string =>
    spec.unit === "ms" ? `${(seconds * 1000).toFixed(2)} ms` : `${seconds.toFixed(2)} s`;
  const shown = spec.shown ?? [];
  const rows = measured.map(({ side, samples }) => {
    const seconds = samples.map((sample) => sample.seconds);
    const figures = [median(seconds), Math.min(...seconds), Math.max(...seconds)].map(show);
    const others = shown.map((name) => samples.at(-1)?.figures?.[name]?.toPrecision(5) ?? "-");
    return [side, ...figures, showBytes(peakOf(samples)), ...others];
  });
  const [ours, ...others] = measured as [Measured, ...Measured[]];
  const verdicts = others.map((other) =>
    describeRatio(ours, other, spec.rivals.find(({ name }) => name === other.side)!),
  );
  const table = formatTable(["side", "median", "min", "max", "peak memory", ...shown], rows);
  return [table, "", ...verdicts.map((verdict) => `- ${verdict}`)].join("\n").trimEnd();
}

/** The middle value; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
}

/** Ratios are taken round by round: what slows down a whole round cancels out. */
function describeRatio(ours: Measured, other: Measured, { target }: Rival): string {
  const ratios = ours.samples.map(({ seconds }, round) => seconds / other.samples[round]!.seconds);
  const middle = median(ratios);
  const spread = `${times(Math.min(...ratios))} to ${times(Math.max(...ratios))} in ${ratios.length} rounds`;
  const [ourPeak, otherPeak] = [peakOf(ours.samples), peakOf(other.samples)];
  const memory = ourPeak && otherPeak ? `; memory ${times(ourPeak / otherPeak)}` : "";
  if (target === undefined) return `beside ${other.side}: ${times(middle)} (${spread})${memory}`;
  const claim = target === 1 ? "no slower than" : `at most ${times(target)} of`;
  return `${claim} ${other.side}: ${times(middle)} (${spread}), ${Number(middle.toFixed(2)) <= target ? "met" : "missed"}${memory}`;
}

function peakOf(samples: readonly Sample[]): number | null {
  const peaks = samples.flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes]));
  return peaks.length > 0 ? Math.max(...peaks) : null;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}x`;
}

function showBytes(bytes: number | null): string {
  return bytes === null ? "not measured" : `${Math.round(bytes / 2 ** 20)} MiB`;
}

/** Cells padded, so that the table reads well on a terminal too. */
function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(" | ")} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}
