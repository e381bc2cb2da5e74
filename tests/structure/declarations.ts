import { createRequire } from "node:module";
import { join } from "node:path";
import type * as TypeScript from "typescript";
import { root } from "./support.js";

/** The TypeScript that checks notebook cells: the copy inside the kernel. */
export const kernelTypeScript: typeof TypeScript = createRequire(import.meta.url)(
  "@tslab/typescript-for-tslab",
);

const ts = kernelTypeScript;

/** The options tslab compiles cells with (its dist/converter.js), except that declaration files are checked too. */
const OPTIONS: TypeScript.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  experimentalDecorators: true,
  resolveJsonModule: true,
  jsx: ts.JsxEmit.React,
  types: ["node"],
  noEmit: true,
  skipLibCheck: false,
};

/**
 * What the kernel's compiler says about files as if they stood at the top of the checkout.
 * @param texts - file name to text; a name that exists on disk may be left `undefined`.
 * @returns one line for each finding in these files.
 */
export function checkAsKernel(
  texts: Record<string, string | undefined>,
  options: TypeScript.CompilerOptions = {},
): string[] {
  const all = { ...OPTIONS, ...options };
  const host = ts.createCompilerHost(all);
  const virtual = new Map(
    Object.entries(texts).flatMap(([name, text]) =>
      text === undefined ? [] : [[join(root, name), text] as const],
    ),
  );
  const { fileExists, readFile, getSourceFile } = host;
  host.getCurrentDirectory = () => root;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = virtual.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, rest[0]);
  };
  const program = ts.createProgram(
    Object.keys(texts).map((name) => join(root, name)),
    all,
    host,
  );
  return Object.keys(texts).flatMap((name) => {
    const file = program.getSourceFile(join(root, name));
    if (!file) return [`${name}: not found`];
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map((diagnostic) => describe(name, diagnostic));
  });
}

function describe(name: string, { file, start, code, messageText }: TypeScript.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `${name}:${line}: TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
}
