import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { escapeHtml } from "../format.js";
import { writeFileAtomic } from "./files.js";
import { libraryPath, readTemplate } from "./html.js";
import { type IndexPage, renderIndexBody } from "./index-page.js";
import { pageShell } from "./page-shell.js";

/** The file for the index and all reports. */
export interface StandaloneFile {
  path: string;
  /** Those that the outputs of cells need, such as to draw figures; any other script of a cell is left out. */
  scripts: readonly string[];
}

/** A page of the set. */
export interface SetPage {
  /** Of its notebook; its file is called so, too. */
  name: string;
  title: string;
  /** Where `renderHtml` put it. */
  path: string;
}

/** Where the index is in the file, and what its file is called among the pages. */
const INDEX = "index";

/**
 * Writes the index and all reports as one file that needs no other and asks nothing of the network.
 * Each page becomes a section, and its script shows one section at a time; without scripts all follow each other.
 * @param pages - in order; they were rendered by our template.
 * @throws Error in one line when a page cannot be read or the file cannot be written.
 */
export function writeStandalone(file: StandaloneFile, index: IndexPage, pages: readonly SetPage[]): void {
  const names = [INDEX, ...pages.map(({ name }) => name)];
  const sections = [
    section(INDEX, index.title, renderIndexBody(index), names),
    ...pages.map((page) =>
      section(page.name, page.title, readPageBody(readFileSync(page.path, "utf8"), page.path), names),
    ),
  ];
  // What is hidden is not drawn before it is shown: the pages are set apart first.
  const scripts = [
    readTemplate("report.js"),
    readTemplate("standalone.js"),
    readFileSync(libraryPath(), "utf8"),
    ...file.scripts,
  ].map(inScriptElement);
  const body = [...sections, ...scripts.map((script) => `<script>${script}</script>\n`)];
  writeFileAtomic(file.path, pageShell({ title: index.title, policy: securityPolicy(scripts), body }));
}

/** Our scripts run and no other, and nothing is loaded: text from data could do nothing even if it were markup. */
function securityPolicy(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}

function section(name: string, title: string, body: string, names: readonly string[]): string {
  const attributes = `id="${escapeHtml(name)}" data-title="${escapeHtml(title)}"`;
  return `<div class="view" ${attributes}>\n${keepApart(body, name, names)}\n</div>\n`;
}

const START = "<!-- page -->";
const END = "<!-- /page -->";

/** What our template puts between its two marks. */
function readPageBody(html: string, path: string): string {
  const start = html.indexOf(START);
  const end = html.lastIndexOf(END);
  if (start < 0 || end < start) throw new Error(`${path} is no page of ours: run the notebooks with --force`);
  return html.slice(start + START.length, end).trim();
}

/** Script elements, comments, and tags with their attributes. */
const MARKUP = /<script\b[\s\S]*?<\/script\s*>|<!--[\s\S]*?-->|<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
/** An attribute of a tag: what leads to its value, and the value with its quotes. */
const ATTRIBUTE = /(\s([a-z-]+)=)("[^"]*"|'[^']*')/gi;
const HOLDS_IDS = /^(id|for|headers|aria-(labelledby|describedby|controls|owns|details))$/i;

/**
 * A page's markup for a document in which other pages stand as well: its ids begin with its name, its links lead to
 * ids instead of files, and its scripts, of which the document has one copy for all, are left out.
 * @param names - of all pages of the document.
 */
export function keepApart(html: string, name: string, names: readonly string[]): string {
  const prefix = escapeHtml(name);
  const lead = (link: string): string => {
    const [, file = "", fragment = ""] = /^([^#]*)#?(.*)$/s.exec(link)!;
    const target = file === "" ? name : names.find((other) => escapeHtml(`${other}.html`) === file);
    if (target === undefined) return link;
    return `#${encodeURIComponent(target)}${fragment === "" ? "" : `/${fragment}`}`;
  };
  return html.replaceAll(MARKUP, (markup) => {
    if (/^<script/i.test(markup))
      return /^<script[^>]*\stype="application\/json"/i.test(markup) ? markup : "";
    if (markup.startsWith("<!")) return markup;
    return markup.replaceAll(ATTRIBUTE, (whole, start: string, attribute: string, quoted: string) => {
      const quote = quoted[0]!;
      const value = quoted.slice(1, -1);
      if (HOLDS_IDS.test(attribute))
        return `${start}${quote}${value.replaceAll(/\S+/g, `${prefix}/$&`)}${quote}`;
      return attribute.toLowerCase() === "href" ? `${start}${quote}${lead(value)}${quote}` : whole;
    });
  });
}

/** A script as it may stand in HTML: nothing in it ends its element or hides the end. */
function inScriptElement(script: string): string {
  return script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}
