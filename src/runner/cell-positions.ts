/**
 * Leads places in compiled cells back to what the analyst wrote. tslab compiles without source maps and gives all
 * cells one name, so an error could say neither which cell it came from nor where. Importing this file, before
 * tslab, puts that right for everything that asks an error for its stack.
 */
import { createRequire, SourceMap, type SourceMapPayload } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import type ts from "@tslab/typescript-for-tslab";
import type { ExpandedCode } from "./cell-source.js";
import { loadTypeScript, TYPESCRIPT_PACKAGE } from "./typescript.js";

/** A place in a cell as the analyst wrote it; line and column count from 1. */
export interface CellPlace {
  /** Id of the cell, or its number. */
  cell: string;
  line: number;
  column: number;
  /** The text of the line. */
  text: string;
}

/** The cell that is compiled and run next. */
export interface CellScript {
  name: string;
  source: string;
  expanded: ExpandedCode;
  /** Told right before compiled code begins and right after its synchronous part has ended. */
  onEnter: () => void;
  onLeave: () => void;
}

/** A compiled cell, the two maps on the way back, its length, and how far its first line is shifted. */
interface Compiled extends CellScript {
  /** Read from their text when an error first asks for a place. */
  maps: () => SourceMap[];
  lines: number;
  shift: number;
}

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;
const MAP_LINK = /\n?\/\/# sourceMappingURL=\S+\s*$/;
/** tslab puts one line before a cell. */
const LINES_BEFORE = 1;
/** Frames of Node and of the machinery around a cell, which tell an analyst nothing. */
const MACHINERY = /node_modules\/tslab|^node:|runner\/(launcher|cell-)/;

const packageUrl = pathToFileURL(fileURLToPath(new URL("../..", import.meta.url))).href;
const compiled = new Map<string, Compiled>();
const places = new WeakMap<object, CellPlace>();
let next: CellScript | undefined;
let latest: { text: string; toModule: string; toCommonJs: string } | undefined;

/** Says which cell tslab is about to compile. */
export function announceCell(cell: CellScript): void {
  Error.prepareStackTrace = describeStack;
  next = cell;
  latest = undefined;
}

/** The innermost place in a cell that an error went through, where it went through one. */
export function placeOf(error: Error): CellPlace | undefined {
  // Asking for the stack is what makes V8 describe the frames. A cell may have had its own idea of that.
  Error.prepareStackTrace = describeStack;
  void error.stack;
  return places.get(error);
}

/** The maps of TypeScript go along with what it compiles for tslab. */
function keepSourceMaps(): void {
  const load = createRequire(import.meta.url);
  const path = load.resolve(TYPESCRIPT_PACKAGE);
  const original = loadTypeScript();
  const createWatchCompilerHost = (
    files: string[],
    options: ts.CompilerOptions,
    ...rest: [ts.System]
  ): unknown => original.createWatchCompilerHost(files, { ...options, inlineSourceMap: true }, ...rest);
  const transpileModule = (text: string, options: ts.TranspileOptions): ts.TranspileOutput => {
    const inline = INLINE_MAP.exec(text);
    const compilerOptions = { ...options.compilerOptions, sourceMap: inline !== null };
    const code = inline ? text.slice(0, inline.index) : text;
    const output = original.transpileModule(code, { ...options, compilerOptions });
    if (!inline) return output;
    const outputText = output.outputText.replace(MAP_LINK, "");
    latest = { text: outputText, toModule: inline[1]!, toCommonJs: output.sourceMapText! };
    return { ...output, outputText };
  };
  load.cache[path]!.exports = Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(original),
      createWatchCompilerHost: { value: createWatchCompilerHost, enumerable: true },
      transpileModule: { value: transpileModule, enumerable: true },
    },
  );
}

/** Compiled cells get a name of their own, under which frames of a stack find them again. */
function nameScripts(): void {
  const { runInThisContext } = vm;
  vm.runInThisContext = (code: string, options?: vm.RunningCodeOptions | string): unknown => {
    const at = next && latest ? code.indexOf(latest.text) : -1;
    if (at < 0 || typeof options === "string") return runInThisContext(code, options);
    const cell = next!;
    const { text, toModule, toCommonJs } = latest!;
    const filename = `cell:${compiled.size + 1}`;
    let read: SourceMap[] | undefined;
    const maps = (): SourceMap[] => {
      read ??= [toCommonJs, Buffer.from(toModule, "base64").toString()].map(
        (json) => new SourceMap(JSON.parse(json) as SourceMapPayload),
      );
      return read;
    };
    compiled.set(filename, { ...cell, maps, lines: text.split("\n").length, shift: at });
    latest = undefined;
    cell.onEnter();
    try {
      // Node would write the compiled line into the stack.
      return runInThisContext(code, { ...options, filename, displayErrors: false });
    } finally {
      cell.onLeave();
    }
  };
}

function describeStack(error: Error, frames: NodeJS.CallSite[]): string {
  const lines = frames.flatMap((frame) => {
    const file = frame.getFileName() ?? "";
    const script = compiled.get(file);
    if (!script) {
      const text = String(frame).replaceAll(packageUrl, "insiders/");
      return MACHINERY.test(file) ? [] : [`    at ${text}`];
    }
    const line = frame.getLineNumber() ?? 0;
    const column = frame.getColumnNumber() ?? 0;
    const place = locate(script, line, column);
    if (!place) return [];
    if (!places.has(error)) places.set(error, place);
    const here = `cell ${place.cell}:${place.line}:${place.column}`;
    // Functions of cells are called as properties of a proxy.
    const text = String(frame).replace(/^Proxy\./, "");
    return [`    at ${text.replace(`${file}:${line}:${column}`, here)}`];
  });
  return [titleOf(error), ...lines].join("\n");
}

/** The place in the cell for one in its compiled form; none for what the compiler and tslab added. */
function locate(script: Compiled, line: number, column: number): CellPlace | undefined {
  if (line > script.lines) return undefined;
  let at = { line: line - 1, column: column - 1 - (line === 1 ? script.shift : 0) };
  for (const map of script.maps()) {
    const entry = map.findEntry(at.line, at.column);
    if (!("originalLine" in entry) || entry.originalLine === undefined) return undefined;
    at = { line: entry.originalLine, column: entry.originalColumn };
  }
  const original = at.line - LINES_BEFORE + 1;
  const text = script.source.split("\n")[original - 1];
  if (text === undefined) return undefined;
  return {
    cell: script.name,
    line: original,
    column: script.expanded.originalColumn(original, at.column + 1),
    text,
  };
}

function titleOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

keepSourceMaps();
nameScripts();
Error.prepareStackTrace = describeStack;
