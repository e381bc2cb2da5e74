import type { CellMetadata, Notebook, NotebookCell, Output } from "./notebook-types.js";
import { isMap, isText, isTextList } from "./shapes.js";

/** A rule that a value breaks; the message is what the value must be. */
class BrokenRule extends Error {}

type Fields = Record<string, unknown>;

/**
 * Parsed JSON as a notebook of nbformat 4.5, with nothing that its schema does not know. What a person wrote and cannot
 * be used is refused. What programs leave behind (ids, outputs, execution counts, the kernel's description) is mended
 * or left out: a run makes it anew.
 * @param name - what messages call the notebook.
 * @throws Error in one line that names the notebook, the cell and the rule.
 * @see https://nbformat.readthedocs.io/en/stable/format_description.html
 */
export function toNotebook(value: unknown, name: string): Notebook {
  const { nbformat, cells, metadata } = isMap(value) ? value : ({} as Fields);
  if (nbformat !== 4)
    throw new Error(
      `${name} is not an nbformat 4 notebook (nbformat is ${nbformat === undefined ? "missing" : show(nbformat)}): save it anew in Jupyter`,
    );
  if (!Array.isArray(cells)) throw new Error(`${name} is not a notebook: it has no list of cells`);
  const ids = giveIds(cells);
  return {
    cells: cells.map((cell: unknown, at) => within(placeOf(name, cell, at), () => toCell(cell, ids[at]!))),
    metadata: within(name, () => notebookMetadata(metadata)),
    nbformat,
    nbformat_minor: 5,
  };
}

/** Runs a check and puts the place before what it complains about. */
function within<T>(place: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error;
    throw new Error(`${place}: ${error.message}: mend it in a text editor`, { cause: error });
  }
}

function placeOf(name: string, cell: unknown, at: number): string {
  const id = isMap(cell) && isUsableId(cell["id"]) ? ` (${cell["id"]})` : "";
  return `${name}, cell ${at + 1}${id}`;
}

function isUsableId(id: unknown): id is string {
  return isText(id) && /^[\w-]{1,64}$/.test(id);
}

/** Before nbformat 4.5 cells had no ids. Ids that a reader cannot use, or uses twice, are given anew. */
function giveIds(cells: readonly unknown[]): string[] {
  const given = cells.map((cell) => (isMap(cell) && isUsableId(cell["id"]) ? cell["id"] : undefined));
  const taken = new Set(given);
  const used = new Set<string>();
  return given.map((id, at) => {
    if (id !== undefined && !used.has(id)) {
      used.add(id);
      return id;
    }
    let made = `cell-${at + 1}`;
    while (taken.has(made)) made += "-";
    taken.add(made);
    return made;
  });
}

function toCell(cell: unknown, id: string): NotebookCell {
  if (!isMap(cell)) throw new BrokenRule(`it is ${show(cell)}, not an object`);
  const type = cell["cell_type"];
  if (type === "heading")
    throw new BrokenRule(
      'cell_type is "heading", which nbformat 4 has not ("markdown" with # before the text is the same)',
    );
  if (type !== "code" && type !== "markdown" && type !== "raw")
    throw new BrokenRule(`cell_type must be "code", "markdown" or "raw", got ${show(type)}`);
  const source = cell["source"];
  if (!isMultiline(source)) throw new BrokenRule(must("source", "be a text or a list of texts", source));
  const metadata = cellMetadata(cell["metadata"], type);
  if (type === "code") {
    const execution_count = toCount(cell["execution_count"]);
    return { cell_type: type, id, metadata, source, execution_count, outputs: toOutputs(cell["outputs"]) };
  }
  const attachments = optional<Record<string, Fields>>(
    cell,
    "attachments",
    (value) => isMap(value) && Object.values(value).every(isMimeBundle),
    "hold data by file name and MIME type",
  );
  return { cell_type: type, id, metadata, source, ...(attachments && { attachments }) };
}

function notebookMetadata(value: unknown): Notebook["metadata"] {
  const metadata = toMetadata(value);
  keepIf(metadata, "title", isText, "be a text");
  keepIf(metadata, "authors", Array.isArray, "be a list");
  keepIf(metadata, "kernelspec", isMap, "be an object");
  // The kernel tells it anew; a reader of old files may find anything here.
  if (!isLanguageInfo(metadata["language_info"])) delete metadata["language_info"];
  // "Should never be written to a file", says the schema.
  delete metadata["orig_nbformat"];
  const spec = metadata["kernelspec"] as Fields | undefined;
  if (spec === undefined) return metadata;
  const name = optional<string>(spec, "name", isText, "be a text", "kernelspec.name") ?? "";
  const shown =
    optional<string>(spec, "display_name", isText, "be a text", "kernelspec.display_name") ?? name;
  return { ...metadata, kernelspec: { ...spec, name, display_name: shown } };
}

function isLanguageInfo(value: unknown): boolean {
  if (!isMap(value) || !isText(value["name"])) return false;
  const { codemirror_mode: mode = "", file_extension = "", mimetype = "", pygments_lexer = "" } = value;
  return (isText(mode) || isMap(mode)) && [file_extension, mimetype, pygments_lexer].every(isText);
}

function cellMetadata(value: unknown, type: NotebookCell["cell_type"]): CellMetadata {
  const metadata: CellMetadata = toMetadata(value);
  keepIf(metadata, "tags", isTextList, "be a list of texts");
  keepIf(metadata, "name", (name) => isText(name) && name !== "", "be a text that is not empty");
  keepIf(metadata, "jupyter", isMap, "be an object");
  if (type === "raw") keepIf(metadata, "format", isText, "be a text");
  if (type === "code") {
    keepIf(metadata, "collapsed", (flag) => typeof flag === "boolean", "be true or false");
    keepIf(
      metadata,
      "scrolled",
      (flag) => typeof flag === "boolean" || flag === "auto",
      'be true, false or "auto"',
    );
    // Times of an earlier run: what cannot be read of them is of no use.
    const times = metadata["execution"];
    if (!isMap(times) || !Object.values(times).every(isText)) delete metadata["execution"];
  }
  const { tags } = metadata;
  const unusable = tags?.find((tag) => !/^[^,]+$/.test(tag));
  if (unusable !== undefined)
    throw new BrokenRule(must("a tag in metadata.tags", "be a text without commas, not empty", unusable));
  return tags === undefined ? metadata : { ...metadata, tags: [...new Set(tags)] };
}

function toMetadata(value: unknown): Fields {
  if (value === undefined || value === null) return {};
  if (!isMap(value)) throw new BrokenRule(must("metadata", "be an object", value));
  return { ...value };
}

/** Leaves out a field of metadata that is null. */
function keepIf(metadata: Fields, field: string, test: (value: unknown) => boolean, rule: string): void {
  if (optional(metadata, field, test, rule, `metadata.${field}`) === undefined) delete metadata[field];
}

function optional<T>(
  fields: Fields,
  field: string,
  test: (value: unknown) => boolean,
  rule: string,
  called: string = field,
): T | undefined {
  const value = fields[field];
  if (value === undefined || value === null) return undefined;
  if (!test(value)) throw new BrokenRule(must(called, rule, value));
  return value as T;
}

function isMultiline(value: unknown): value is string | string[] {
  return isText(value) || isTextList(value);
}

function isMimeBundle(value: unknown): value is Fields {
  return (
    isMap(value) &&
    Object.entries(value).every(
      ([type, data]) => isMultiline(data) || /^application\/(.*\+)?json$/.test(type),
    )
  );
}

function toCount(value: unknown): number | null {
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

function toOutputs(value: unknown): Output[] {
  return Array.isArray(value) ? value.flatMap(toOutput) : [];
}

/** An output in a list, or none where it is no output of nbformat 4. */
function toOutput(value: unknown): Output[] {
  if (!isMap(value)) return [];
  const { output_type, name = "stdout", text, data, ename, evalue, traceback } = value;
  const metadata = isMap(value["metadata"]) ? value["metadata"] : {};
  if (output_type === "stream" && isText(name) && isMultiline(text))
    return [{ output_type, name: name as "stdout" | "stderr", text }];
  if (output_type === "display_data" && isMimeBundle(data)) return [{ output_type, data, metadata }];
  if (output_type === "execute_result" && isMimeBundle(data))
    return [{ output_type, execution_count: toCount(value["execution_count"]), data, metadata }];
  if (output_type === "error" && isText(ename) && isText(evalue) && isTextList(traceback))
    return [{ output_type, ename, evalue, traceback }];
  return [];
}

function must(what: string, rule: string, got: unknown): string {
  return got === undefined ? `${what} is missing; it must ${rule}` : `${what} must ${rule}, got ${show(got)}`;
}

const SHOWN = 40;

/** A value in a few characters. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
