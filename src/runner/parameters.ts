import { type Declaration, readDeclarations } from "./declarations.js";
import { type CodeCell, cellSource, freeCellId, type Notebook, type NotebookCell } from "./nbformat.js";
import type { ParameterLanguage, Parameters } from "./parameter-types.js";
import { translateParameters } from "./translate.js";

export type { ParameterLanguage, Parameters, ParameterValue } from "./parameter-types.js";

/** The kernels and languages that parameters can be written for. */
const LANGUAGES: Readonly<Record<string, ParameterLanguage>> = {
  tslab: "typescript",
  typescript: "typescript",
  jslab: "javascript",
  javascript: "javascript",
};

/** How parameters are written into a notebook. */
export interface InjectOptions {
  /** Instead of the language the notebook names. */
  language?: string | undefined;
  /** Instead of the kernel the notebook names. */
  kernel?: string | undefined;
  /** Told about names the notebook does not declare, and a notebook without a parameters cell. */
  onWarning?: ((line: string) => void) | undefined;
}

/**
 * The notebook with `parameters` declared in a cell after the one tagged `parameters`, or in place of the cell
 * of an earlier run; first of all where there is neither. Without parameters the notebook stays as it is.
 * @throws Error on a language, a name or a value that cannot be written.
 */
export function injectParameters(
  notebook: Notebook,
  parameters: Parameters,
  { language, kernel, onWarning }: InjectOptions = {},
): Notebook {
  if (Object.keys(parameters).length === 0) return notebook;
  const declared = declaredParameters(notebook);
  const types = new Map(
    declared.flatMap(({ name, annotation }) => (annotation === undefined ? [] : [[name, annotation]])),
  );
  const source = translateParameters(parameters, languageOf(notebook, { language, kernel }), types);
  const known = new Set(declared.map(({ name }) => name));
  for (const name of Object.keys(parameters))
    if (!known.has(name)) onWarning?.(`Passed unknown parameter: ${name}`);
  const defaultsAt = notebook.cells.findIndex((cell) => hasTag(cell, "parameters"));
  const earlierAt = notebook.cells.findIndex(isInjected);
  if (defaultsAt < 0 && earlierAt < 0)
    onWarning?.("Input notebook does not contain a cell with tag 'parameters'");
  // Defaults that run later would win.
  const at = earlierAt > defaultsAt ? earlierAt : defaultsAt + 1;
  const before = notebook.cells.slice(0, at).filter((cell) => !isInjected(cell));
  const after = notebook.cells.slice(at).filter((cell) => !isInjected(cell));
  return { ...notebook, cells: [...before, injectedCell(source, [...before, ...after]), ...after] };
}

/** The parameters among `parameters` that the notebook declares in its cell tagged `parameters`. */
export function declaredAmong(notebook: Notebook, parameters: Parameters): Parameters {
  const names = new Set(declaredParameters(notebook).map(({ name }) => name));
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.has(name)));
}

/** What the notebook declares in its first cell tagged `parameters`. */
export function declaredParameters(notebook: Notebook): Declaration[] {
  const cell = notebook.cells.find((candidate) => hasTag(candidate, "parameters"));
  return cell ? readDeclarations(cellSource(cell)) : [];
}

/** Whether a cell carries a tag. */
export function hasTag(cell: NotebookCell, tag: string): boolean {
  return cell.metadata.tags?.includes(tag) ?? false;
}

function isInjected(cell: NotebookCell): boolean {
  return hasTag(cell, "injected-parameters");
}

function injectedCell(source: string, others: readonly NotebookCell[]): CodeCell {
  return {
    cell_type: "code",
    id: freeCellId("injected-parameters", others),
    metadata: { tags: ["injected-parameters"] },
    source,
    execution_count: null,
    outputs: [],
  };
}

function languageOf(notebook: Notebook, { language, kernel }: InjectOptions): ParameterLanguage {
  const { kernelspec, language_info } = notebook.metadata;
  const written = (language_info as { name?: unknown } | undefined)?.name;
  const named = [language, kernel ?? kernelspec?.name, kernelspec?.language, written].filter(
    (name): name is string => typeof name === "string" && name !== "",
  );
  // What is asked for decides; among what the notebook says, the first that is known.
  const candidates = language === undefined ? named : [language];
  for (const name of candidates) {
    const known = Object.hasOwn(LANGUAGES, name.toLowerCase()) && LANGUAGES[name.toLowerCase()];
    if (known) return known;
  }
  const what = candidates.length === 0 ? "the notebook names no language" : `got ${candidates.join(", ")}`;
  throw new Error(
    `parameters are written in typescript or javascript (kernels tslab and jslab); ${what}: name one with -l`,
  );
}
