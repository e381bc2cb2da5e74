import type { InspectedParameter } from "../runner/inspect.js";

const HELP_COLUMN = 34;
/** Longer definitions have their help on the next line. */
const LONGEST_BESIDE = 30;

/** What `--help-notebook` prints about the parameters of a notebook, in papermill's form. */
export function formatNotebookHelp(
  path: string,
  { isTagged, parameters }: { isTagged: boolean; parameters: readonly InspectedParameter[] },
): string {
  const head = [
    "Usage: insiders execute [OPTIONS] NOTEBOOK_PATH [OUTPUT_PATH]",
    "",
    `Parameters inferred for notebook '${path}':`,
  ];
  if (!isTagged) return [...head, "", "  No cell tagged 'parameters'", ""].join("\n");
  if (parameters.length === 0)
    return [
      ...head,
      "",
      "  Can't infer anything about this notebook's parameters. It may not have any parameter defined.",
      "",
    ].join("\n");
  return [...head, ...parameters.map(describe), ""].join("\n");
}

function describe({ name, inferredTypeName, default: value, help }: InspectedParameter): string {
  const type = inferredTypeName === "None" ? "Unknown type" : inferredTypeName;
  const definition = `  ${name}: ${oneLine(type)} (default ${oneLine(value)})`;
  if (help === "") return definition;
  return definition.length > LONGEST_BESIDE
    ? `${definition}\n${" ".repeat(HELP_COLUMN)}${help}`
    : definition.padEnd(HELP_COLUMN) + help;
}

function oneLine(source: string): string {
  return source.replace(/\s*\n\s*/g, " ");
}
