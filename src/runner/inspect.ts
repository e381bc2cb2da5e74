import { randomUUID } from "node:crypto";
import type { Notebook } from "./nbformat.js";
import { readNotebook } from "./notebook-file.js";
import { declaredParameters, type Parameters } from "./parameters.js";
import { builtinParameters, fillPathTemplate } from "./path-template.js";

/** A parameter as its notebook declares it. */
export interface InspectedParameter {
  name: string;
  /** The annotated type or that of a plain literal; `None` where it cannot be told. */
  inferredTypeName: string;
  /** Source of the default value. */
  default: string;
  /** The comment behind the declaration. */
  help: string;
}

/**
 * The parameters that a notebook declares in its cell tagged `parameters`, by name.
 * @param input - path of a notebook, which may be a template, or the notebook itself.
 * @param parameters - what a template in the path is filled with.
 * @throws Error in one line when the notebook cannot be read.
 */
export function inspectNotebook(
  input: string | Notebook,
  parameters: Parameters = {},
): Record<string, InspectedParameter> {
  const builtins = builtinParameters(new Date(), randomUUID());
  const notebook =
    typeof input === "string" ? readNotebook(fillPathTemplate(input, parameters, builtins)) : input;
  return Object.fromEntries(
    declaredParameters(notebook).map(({ name, type, initializer, comment }) => [
      name,
      { name, inferredTypeName: type ?? "None", default: initializer ?? "undefined", help: comment },
    ]),
  );
}
