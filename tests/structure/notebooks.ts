/** A notebook as nbformat 4.5 stores it; everything may be missing in a bad one. */
export interface Notebook {
  nbformat?: number;
  nbformat_minor?: number;
  metadata?: {
    kernelspec?: { name?: string; language?: string };
    insiders?: { reads?: unknown; writes?: unknown };
  };
  cells?: NotebookCell[];
}

export interface NotebookCell {
  id?: string;
  cell_type?: string;
  source?: string | string[];
  metadata?: { tags?: string[] } & Record<string, unknown>;
  outputs?: unknown[];
  execution_count?: number | null;
}

/** A notebook file: its name without a folder, its text. */
export interface NotebookFile {
  name: string;
  text: string;
}

const MAX_LINES = 15;
const MAX_MEAN_LINES = 8;
/** Sentences with their numbers may be longer than other code. */
const MAX_LINE = 190;
const MAX_CODE_CELLS = 2;
const NOTEBOOK_METADATA = new Set(["insiders", "kernelspec", "language_info"]);
const CELL_METADATA = new Set(["tags"]);
const MACHINE_PATH = /(?<![\w.~-])(\/(home|root|tmp|work|Users|mnt)\/|[A-Z]:\\\\)/;

/** What is wrong with a notebook by itself: one line for each finding, empty when it is clean. */
export function findNotebookProblems({ name, text }: NotebookFile): string[] {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text) as Notebook;
  } catch (error) {
    return [`${name}: is not JSON: ${(error as Error).message}`];
  }
  const cells = notebook.cells ?? [];
  return [
    ...formatProblems(text, notebook),
    ...idProblems(cells),
    ...headProblems(cells),
    ...cells.flatMap(stateProblems),
    ...rhythmProblems(cells),
    ...lengthProblems(cells),
    ...cells.filter((cell) => cell.cell_type === "markdown").flatMap((cell) => proseProblems(name, cell)),
  ].map((problem) => `${name}: ${problem}`);
}

function formatProblems(text: string, notebook: Notebook): string[] {
  const { nbformat, nbformat_minor: minor, metadata = {} } = notebook;
  const { name, language } = metadata.kernelspec ?? {};
  const problems: string[] = [];
  if (nbformat !== 4 || minor !== 5) problems.push(`nbformat is ${nbformat}.${minor}, not 4.5`);
  if (name !== "tslab" || language !== "typescript")
    problems.push(`kernelspec is ${name} (${language}), not tslab (typescript)`);
  const extra = Object.keys(metadata).filter((key) => !NOTEBOOK_METADATA.has(key));
  if (extra.length > 0) problems.push(`metadata is not for the notebook itself: ${extra.join(", ")}`);
  const path = text.match(MACHINE_PATH)?.[0];
  if (path) problems.push(`names a path of some machine: ${path}`);
  if (text !== formatNotebook(notebook))
    problems.push("is not written the way nbformat does (sorted keys, one space, final newline)");
  return problems;
}

/** The text nbformat writes for a notebook: keys sorted, one space of indent, a final newline. */
export function formatNotebook(notebook: Notebook): string {
  return `${JSON.stringify(sortKeys(splitSources(notebook)), null, 1)}\n`;
}

function splitSources(notebook: Notebook): Notebook {
  const cells = notebook.cells?.map((cell) => ({
    ...cell,
    source: sourceOf(cell).match(/[^\n]*\n|[^\n]+$/g) ?? [],
  }));
  return cells ? { ...notebook, cells } : notebook;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}

function idProblems(cells: readonly NotebookCell[]): string[] {
  const ids = cells.map((cell) => cell.id ?? "");
  const isReadable = (id: string): boolean =>
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && /[a-z]{3}/.test(id) && !/^[0-9a-f]{8,}$/.test(id);
  return [
    ...ids
      .filter((id) => !isReadable(id) || id.length > 64)
      .map((id) => `cell id "${id}" is not a readable name`),
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `cell id "${id}" is used twice`),
  ];
}

function headProblems(cells: readonly NotebookCell[]): string[] {
  const [head] = cells;
  const text = head?.cell_type === "markdown" ? sourceOf(head) : "";
  const problems: string[] = [];
  if (!text.startsWith("# ")) problems.push("does not begin with a title");
  for (const part of ["business question", "success criteri"])
    if (!text.toLowerCase().includes(part)) problems.push(`its first cell states no ${part}`);
  const tagged = cells.filter((cell) => cell.metadata?.tags?.includes("parameters"));
  if (tagged.length !== 1 || tagged[0]!.cell_type !== "code")
    problems.push(`${tagged.length} cells are tagged "parameters", expected one code cell`);
  return problems;
}

function stateProblems(cell: NotebookCell): string[] {
  const problems: string[] = [];
  if (cell.cell_type === "code") {
    if (cell.outputs?.length !== 0) problems.push(`cell "${cell.id}" keeps outputs`);
    if (cell.execution_count !== null) problems.push(`cell "${cell.id}" keeps an execution count`);
  }
  const extra = Object.keys(cell.metadata ?? {}).filter((key) => !CELL_METADATA.has(key));
  if (extra.length > 0) problems.push(`cell "${cell.id}" keeps metadata: ${extra.join(", ")}`);
  if (sourceOf(cell).trim() === "") problems.push(`cell "${cell.id}" is empty`);
  return problems;
}

/** Prose leads to one code cell or two: parameters and imports, a table and its figure. */
function rhythmProblems(cells: readonly NotebookCell[]): string[] {
  const problems: string[] = [];
  let sinceProse = MAX_CODE_CELLS;
  for (const cell of cells) {
    // What we see and decide is prose too, though a cell computes its numbers.
    const isProse = cell.cell_type === "markdown" || sourceOf(cell).includes("showMarkdown(");
    sinceProse = isProse ? 0 : sinceProse + 1;
    if (sinceProse > MAX_CODE_CELLS) problems.push(`no prose leads to cell "${cell.id}"`);
  }
  return problems;
}

function lengthProblems(cells: readonly NotebookCell[]): string[] {
  const code = cells.filter((cell) => cell.cell_type === "code");
  const lengths = code.map(
    (cell) =>
      sourceOf(cell)
        .split("\n")
        .filter((line) => line.trim() !== "").length,
  );
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const problems = code.flatMap((cell, i) =>
    lengths[i]! > MAX_LINES ? [`cell "${cell.id}" has ${lengths[i]} lines, at most ${MAX_LINES}`] : [],
  );
  for (const cell of code) {
    const longest = Math.max(
      ...sourceOf(cell)
        .split("\n")
        .map((line) => line.length),
    );
    if (longest > MAX_LINE) problems.push(`cell "${cell.id}" has a line of ${longest} characters`);
  }
  if (mean >= MAX_MEAN_LINES) problems.push(`its code cells have ${mean.toFixed(1)} lines on average`);
  return problems;
}

function proseProblems(name: string, cell: NotebookCell): string[] {
  const found = findTypedResults(sourceOf(cell), name.startsWith("00-"));
  return found.map((number) => `cell "${cell.id}" has a result typed by hand: ${number}`);
}

/**
 * Numbers in prose that look like results: with thousands separators, or percentages.
 * Not counted: code, formulas, links, years and dates, round thresholds of a definition ("top 10%",
 * "95% interval") and, where prior work may be quoted, the paragraphs that name their source by a link.
 */
export function findTypedResults(markdown: string, mayQuote = false): string[] {
  const blocks = markdown.replaceAll(/```[\s\S]*?```/g, "").split(/\n\s*\n/);
  return blocks
    .filter((block) => !(mayQuote && /\]\(|https?:|\bdoi\b|\bsource:/i.test(block)))
    .map((block) =>
      block
        .replaceAll(/`[^`]*`|\$[^$\n]+\$/g, "")
        .replaceAll(/!?\[[^\]]*\]\([^)]*\)|<https?:[^>]*>|https?:\S+/g, "")
        .replaceAll(DEFINITION, ""),
    )
    .flatMap((block) => block.match(RESULT) ?? []);
}

const RESULT = /\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:%|per ?cent\b)/g;

/** Round percentages that define something rather than report it. */
const DEFINITION = new RegExp(
  [
    String.raw`\b(?:top|first|bottom|at least|at most|more than|less than|within|over|under)(?: the)? (?:\d?[05]|1|99|100)\s?%`,
    String.raw`\b(?:80|90|95|99)\s?%[ -](?:confidence|prediction|credible|bootstrap|interval|level|power)`,
    String.raw`\b\d?[05]\s?% (?:above|below|higher|lower|level)`,
  ].join("|"),
  "gi",
);

/** What is wrong with the notebooks as a series: names, and artifacts that nothing earlier wrote. */
export function findSeriesProblems(files: readonly NotebookFile[]): string[] {
  const problems: string[] = [];
  const writer = new Map<string, string>();
  files.forEach(({ name, text }, i) => {
    if (!new RegExp(`^${String(i).padStart(2, "0")}-[a-z0-9]+(-[a-z0-9]+)*\\.ipynb$`).test(name))
      problems.push(`${name}: expected number ${i} and a kebab-case name`);
    const { reads, writes } = (JSON.parse(text) as Notebook).metadata?.insiders ?? {};
    if (!isNameList(reads) || !isNameList(writes)) {
      problems.push(`${name}: metadata.insiders needs reads and writes, lists of artifact names`);
      return;
    }
    for (const artifact of reads)
      if (!writer.has(artifact))
        problems.push(`${name}: reads ${artifact}, which no earlier notebook writes`);
    for (const artifact of writes) {
      const first = writer.get(artifact);
      if (first) problems.push(`${name}: writes ${artifact}, which ${first} writes too`);
      else writer.set(artifact, name);
    }
  });
  return problems;
}

function isNameList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "");
}

function sourceOf(cell: NotebookCell): string {
  return Array.isArray(cell.source) ? cell.source.join("") : (cell.source ?? "");
}
