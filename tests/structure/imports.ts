import { isBuiltin } from "node:module";
import { posix } from "node:path";
import ts from "typescript";

/** A file of `src/`, its path relative to it. */
export interface SourceText {
  path: string;
  text: string;
}

/** Something a file reaches for: a module it imports, or one of the watched globals. */
export interface Use {
  name: string;
  line: number;
}

/** What the two tables of docs/design.md allow. */
export interface Rules {
  /** Module names from the foundation upwards. */
  modules: readonly string[];
  /** Packages, modules of Node and globals with the modules of ours that may use them. */
  owners: ReadonlyMap<string, readonly string[]>;
}

/** Modules of Node that compute and touch nothing outside; any other needs a row in the table. */
const PLAIN_TOOLS = new Set(
  [
    "assert",
    "buffer",
    "crypto",
    "events",
    "module",
    "os",
    "path",
    "perf_hooks",
    "process",
    "readline",
    "stream",
  ].concat(["string_decoder", "timers", "url", "util", "zlib"]),
);

/** The runner knows nothing of the analysis, though it stands below it in the table. */
const RUNNER_MAY_IMPORT = ["types", "format", "parallel", "runner"];

/** The module and ownership rules written in the design. @throws Error when a table is missing. */
export function readRules(design: string): Rules {
  const modules = tableRows(design, "module").flatMap(([cell]) => codeWords(cell).map(moduleName));
  const owners = new Map<string, string[]>();
  for (const [outside, users] of tableRows(design, "outside"))
    for (const name of codeWords(outside)) owners.set(name, codeWords(users).map(moduleName));
  return { modules, owners };
}

function tableRows(markdown: string, firstHeading: string): string[][] {
  const lines = markdown.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${firstHeading} |`));
  if (start < 0) throw new Error(`no table starts with the column "${firstHeading}"`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function codeWords(cell = ""): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
}

/** `src/data/load.ts`, `data/` and `data` all belong to `data`; `types.ts` to `types`. */
function moduleName(path: string): string {
  return path.split("/")[0]!.replace(/\.ts$/, "");
}

/** What a file imports, statically, dynamically or as the address of a worker, and the watched globals it uses. */
export function readUses(file: SourceText): Use[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const uses: Use[] = [];
  const add = (name: string, node: ts.Node): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    uses.push({ name, line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    const name = importedName(node) ?? watchedGlobal(node);
    if (name !== undefined) add(name, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

function importedName(node: ts.Node): string | undefined {
  let specifier: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) specifier = node.moduleSpecifier;
  else if (ts.isExternalModuleReference(node)) specifier = node.expression;
  else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    specifier = node.argument.literal;
  else if (ts.isCallExpression(node) && isLoader(node.expression)) specifier = node.arguments[0];
  else if (ts.isNewExpression(node) && node.expression.getText() === "URL") {
    const [path, base] = node.arguments ?? [];
    if (base?.getText() === "import.meta.url" && path && /\.[jt]s["']$/.test(path.getText()))
      specifier = path;
  }
  return specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}

function isLoader(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  return /^(\w*require|\w*require\.resolve|import\.meta\.resolve)$/i.test(callee.getText());
}

function watchedGlobal(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) {
    const isNow = node.expression.getText() === "Date" && (node.arguments ?? []).length === 0;
    return isNow ? "new Date()" : undefined;
  }
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    return text === "Math.random" || text === "Date.now" ? text : undefined;
  }
  return ts.isCallExpression(node) && node.expression.getText() === "fetch" ? "fetch" : undefined;
}

/** Every import or use that the rules forbid, and every cycle; empty when all is well. */
export function findImportProblems(files: readonly SourceText[], rules: Rules): string[] {
  const problems: string[] = [];
  const edges = new Map<string, string[]>();
  const paths = new Set(files.map((file) => file.path));
  for (const file of files) {
    const module = moduleName(file.path);
    if (module !== "index" && !rules.modules.includes(module))
      problems.push(`src/${file.path}: "${module}" is not in the module table`);
    const targets: string[] = [];
    for (const { name, line } of readUses(file)) {
      const target = name.startsWith(".") ? resolveImport(file.path, name) : undefined;
      const problem =
        target === undefined
          ? outsideProblem(module, name, rules)
          : (missingProblem(target, paths) ?? directionProblem(module, moduleName(target), rules));
      if (problem) problems.push(`src/${file.path}:${line}: ${problem}`);
      if (target !== undefined && target !== file.path) targets.push(target);
    }
    edges.set(file.path, targets);
  }
  return [...problems, ...findCycles(edges)];
}

function resolveImport(from: string, specifier: string): string {
  const target = posix.join(posix.dirname(from), specifier);
  // A file that is not compiled is read from src/ even when the reader runs in dist/.
  return target.startsWith("../src/") ? target.slice("../src/".length) : target.replace(/\.js$/, ".ts");
}

function missingProblem(target: string, paths: ReadonlySet<string>): string | undefined {
  if (target.startsWith("..")) return `"${target}" lies outside src/`;
  return target.endsWith(".ts") && !paths.has(target) ? `there is no src/${target}` : undefined;
}

function directionProblem(from: string, to: string, rules: Rules): string | undefined {
  if (from === to || from === "index") return undefined;
  if (from === "runner" && !RUNNER_MAY_IMPORT.includes(to))
    return `the runner knows nothing of the analysis: "${to}"`;
  if (to === "index") return "src/index.ts is for users of the package: import the module itself";
  const isAbove = rules.modules.indexOf(to) < rules.modules.indexOf(from);
  return isAbove ? undefined : `"${from}" may not import "${to}", which stands below it in the table`;
}

function outsideProblem(from: string, name: string, rules: Rules): string | undefined {
  if (/^(insiders|#src)(\/|$)/.test(name)) return `"${name}" is this package: use a relative path`;
  const builtin = name.startsWith("node:") ? name.slice(5).split("/")[0]! : undefined;
  if (builtin === undefined && isBuiltin(name)) return `write "node:${name}"`;
  const key = builtin === undefined ? packageName(name) : `node:${builtin}`;
  const owners = rules.owners.get(name) ?? rules.owners.get(key);
  if (owners?.includes(from)) return undefined;
  if (owners) return `${name} is for ${owners.join(", ") || "nobody"}, not for "${from}"`;
  if (builtin !== undefined && PLAIN_TOOLS.has(builtin)) return undefined;
  // A watched global without a row is free.
  if (["fetch", "Math.random", "Date.now", "new Date()"].includes(name)) return undefined;
  return `${key} is in no row of the table of outside things`;
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** One line for each way back to a file from itself, found once. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const walk = (path: string): void => {
    if (done.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push(`import cycle: ${[...trail.slice(start), path].join(" -> ")}`);
      return;
    }
    trail.push(path);
    for (const target of edges.get(path) ?? []) walk(target);
    trail.pop();
    done.add(path);
  };
  for (const path of edges.keys()) walk(path);
  return cycles;
}
