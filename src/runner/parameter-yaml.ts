import { parseDocument } from "yaml";
import type { Parameters, ParameterValue } from "./parameter-types.js";
import { beyondExact } from "./translate.js";
import { PYYAML_SCALARS } from "./yaml-schema.js";

/**
 * Parameters from YAML or JSON text, typed as PyYAML's SafeLoader types them; dates stay texts. Of a key given twice
 * the last value counts. Keys that are no texts become what JSON makes of them. Sets, binary data and pairs, which
 * papermill turns into the text of a Python object, are refused.
 * @param origin - what messages call the text, such as a file or an option.
 * @throws Error in one line on text that does not parse, is no map, or holds a value no notebook can be given.
 */
export function parseParametersYaml(text: string, origin: string): Parameters {
  const document = parseDocument(text, {
    version: "1.1",
    schema: "failsafe",
    customTags: [...PYYAML_SCALARS, "merge"],
    resolveKnownTags: false,
    uniqueKeys: false,
    prettyErrors: true,
    logLevel: "error",
  });
  // An unknown tag is a warning to the package, and its value would be taken for a text.
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new Error(`${origin} is no YAML: ${firstLine(problem.message)}`, { cause: problem });
  let values: unknown;
  try {
    values = document.toJS({ mapAsMap: true, maxAliasCount: 10_000 });
  } catch (cause) {
    throw new Error(`${origin} is no YAML: ${firstLine((cause as Error).message)}`, { cause });
  }
  if (values === null) return {};
  if (!(values instanceof Map))
    throw new Error(`${origin} is no map of names to values: write NAME: VALUE, with a space`);
  try {
    return readValue(values, "", []) as Parameters;
  } catch (cause) {
    throw new Error(`${origin}: ${(cause as Error).message}`, { cause });
  }
}

function readValue(value: unknown, name: string, within: readonly unknown[]): ParameterValue {
  if (within.includes(value)) throw new Error(`${name} holds itself`);
  const inside = value !== null && typeof value === "object" ? [...within, value] : within;
  if (Array.isArray(value))
    return value.map((entry: unknown, at) => readValue(entry, `${name}[${at}]`, inside));
  if (value instanceof Map)
    return Object.fromEntries(
      [...(value as Map<unknown, unknown>)].map(([key, entry]) => {
        const text = readKey(key, name);
        return [text, readValue(entry, name === "" ? text : `${name}.${text}`, inside)];
      }),
    );
  if (typeof value === "bigint") {
    if (!Number.isSafeInteger(Number(value))) throw new Error(beyondExact(name, String(value)));
    return Number(value);
  }
  return value as ParameterValue;
}

function readKey(key: unknown, name: string): string {
  if (key !== null && typeof key === "object")
    throw new Error(`a key ${name && `of ${name} `}is a list or a map, not a text`);
  return String(key);
}

/** The package adds the place on lines of their own. */
function firstLine(message: string): string {
  return message.split("\n")[0]!.replace(/:$/, "");
}
