import { escapeHtml, formatNumber } from "../format.js";
import { type Bundle, display } from "./display.js";
import { styled } from "./output-style.js";

/** A file that a reader can take out of a report. */
export interface Download {
  /** What it is called on the reader's machine. */
  name: string;
  /** What the link says. */
  label: string;
  content: string | Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv;charset=utf-8",
  json: "application/json",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Shows files as links; they are part of the page, so that it can be mailed and still has them. */
export function showDownloads(files: readonly Download[]): void {
  display(downloadsBundle(files));
}

/** The output of links to files. */
export function downloadsBundle(files: readonly Download[]): Bundle {
  const links = files.map(({ name, label, content }) => {
    const bytes = Buffer.from(content);
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    const size = `${formatNumber(Math.max(1, Math.round(bytes.length / 1000)))} kB`;
    return `<li><a download="${escapeHtml(name)}" href="data:${type};base64,${bytes.toString("base64")}">${escapeHtml(label)}</a> (${escapeHtml(name)}, ${size})</li>`;
  });
  return {
    data: {
      "text/html": styled(`<ul class="insiders-downloads">${links.join("")}</ul>`),
      "text/plain": files.map(({ name, label }) => `${label}: ${name}`).join("\n"),
    },
  };
}
