import ts from "@tslab/typescript-for-tslab";
import { type CodeCell, cellSource, type Notebook, type NotebookCell } from "./nbformat.js";

/** A value a notebook may be given. */
export type ParameterValue =
  | string
  | number
  | boolean
  | null
  | ParameterValue[]
  | { [name: string]: ParameterValue };

export type Parameters = Record<string, ParameterValue>;

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** TypeScript source that declares each parameter. @throws Error on a name that is no identifier. */
export function translateParameters(parameters: Parameters): string {
  const lines = Object.entries(parameters).map(([name, value]) => {
    if (!IDENTIFIER.test(name)) throw new Error(`a parameter's name is an identifier, got "${name}"`);
    return `const ${name} = ${literal(name, value)};`;
  });
  return ["// Parameters", ...lines].join("\n");
}

/**
 * The notebook with `parameters` declared in a cell after the one tagged `parameters`;
 * an earlier injected cell is replaced. Without parameters the notebook stays as it is.
 */
export function injectParameters(notebook: Notebook, parameters: Parameters): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  if (Object.keys(parameters).length === 0) return { ...notebook, cells };
  const injected: CodeCell = {
    cell_type: "code",
    id: "injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    source: translateParameters(parameters),
    execution_count: null,
    outputs: [],
  };
  const at = cells.findIndex((cell) => hasTag(cell, "parameters"));
  return { ...notebook, cells: cells.toSpliced(at + 1, 0, injected) };
}

/** The parameters among `parameters` that the notebook declares in its cell tagged `parameters`. */
export function declaredAmong(notebook: Notebook, parameters: Parameters): Parameters {
  const cell = notebook.cells.find((candidate) => hasTag(candidate, "parameters"));
  if (!cell) return {};
  const file = ts.createSourceFile("parameters.ts", cellSource(cell), ts.ScriptTarget.ES2022);
  const names = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations.map(({ name }) => name))
    .flatMap((name) => (ts.isIdentifier(name) ? [name.text] : []));
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)));
}

/** Whether a cell carries a tag. */
export function hasTag(cell: NotebookCell, tag: string): boolean {
  return cell.metadata.tags?.includes(tag) ?? false;
}

function literal(name: string, value: ParameterValue): string {
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new Error(`parameter ${name} is ${value}: integers beyond 2^53 are not exact, pass it as a text`);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map((entry) => literal(name, entry)).join(", ")}]`;
  if (value !== null && typeof value === "object")
    return `{ ${Object.entries(value)
      .map(([key, entry]) => `${JSON.stringify(key)}: ${literal(`${name}.${key}`, entry)}`)
      .join(", ")} }`;
  return JSON.stringify(value);
}
