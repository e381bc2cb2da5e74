import { readFileSync } from "node:fs";
import type { Parameters, ParameterValue } from "./parameter-types.js";
import { parseParametersYaml } from "./parameter-yaml.js";
import { pythonFloat, pythonInteger } from "./python-values.js";
import { beyondExact } from "./translate.js";

/** Where parameters can come from; within a list the last one counts. */
export interface ParameterSources {
  /** Given to the notebook under names of their own, such as the path of the input. */
  injected?: Parameters;
  /** Base64 of YAML text. */
  base64?: readonly string[];
  /** Paths of YAML or JSON files. */
  files?: readonly string[];
  yaml?: readonly string[];
  /** Names and values; a value that Python would read as a number, `True`, `False` or `None` is one. */
  typed?: readonly (readonly [name: string, value: string])[];
  /** Names and values that stay text. */
  raw?: readonly (readonly [name: string, value: string])[];
}

/**
 * Parameters of all sources together. Of a name given twice the later source counts, in papermill's order:
 * injected, base64, files, yaml, typed, raw.
 * @throws Error in one line that names the option or file it comes from.
 */
export function collectParameters(sources: ParameterSources): Parameters {
  const { injected = {}, base64 = [], files = [], yaml = [], typed = [], raw = [] } = sources;
  return Object.fromEntries([
    ...Object.entries(injected),
    ...base64.flatMap((text) =>
      Object.entries(parseParametersYaml(decodeBase64(text), "--parameters_base64")),
    ),
    ...files.flatMap((path) => Object.entries(readParametersFile(path))),
    ...yaml.flatMap((text) => Object.entries(parseParametersYaml(text, "--parameters_yaml"))),
    ...typed.map(([name, value]) => [name, typeParameter(name, value)] as const),
    ...raw,
  ]);
}

/**
 * The value a text stands for on the command line, as papermill's `-p` reads it: `True`, `False`, `None`, what
 * Python's `int` and `float` accept (`1_000`, ` 7 `, `1e3`, `nan`, `-inf`); anything else, such as `true`, is text.
 * @throws Error on an integer that a number would round.
 */
export function typeParameter(name: string, text: string): ParameterValue {
  if (text === "True") return true;
  if (text === "False") return false;
  if (text === "None") return null;
  const integer = pythonInteger(text);
  if (integer === undefined) return pythonFloat(text) ?? text;
  if (!Number.isSafeInteger(Number(integer))) throw new Error(`${beyondExact(name, text.trim())} with -r`);
  return Number(integer);
}

/** Parameters of a YAML or JSON file. @throws Error in one line that names the file. */
export function readParametersFile(path: string): Parameters {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : code;
    throw new Error(`the parameters file ${path} cannot be read: ${reason}`, { cause });
  }
  return parseParametersYaml(decodeText(bytes, path), path);
}

function decodeBase64(text: string): string {
  const compact = text.replace(/\s+/g, "");
  // Buffer overlooks what is no base64, and an option that is cut off would lose its last parameters.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0)
    throw new Error("--parameters_base64 is no base64");
  return decodeText(Buffer.from(compact, "base64"), "--parameters_base64");
}

function decodeText(bytes: Uint8Array, origin: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${origin} is not UTF-8 text`, { cause });
  }
}
