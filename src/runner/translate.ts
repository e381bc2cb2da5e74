import type { ParameterLanguage, Parameters, ParameterValue } from "./parameter-types.js";
import { loadTypeScript } from "./typescript.js";

/** Also in modules and in functions that wait, which is what a kernel makes of a cell; and what it calls there. */
const NOT_DECLARABLE = new Set([
  ...["await", "eval", "arguments", "undefined"],
  ...["exports", "require", "module", "Object"],
]);
/** The compiler calls these by another name within, and tslab takes that for theirs: "Cannot find name '___x'". */
const INTERNAL = /^__/;

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/**
 * Source that declares each parameter with exactly its value. `let` and not `const`, whose literal types
 * would make the type check refuse comparisons with any other value.
 * @param types - declared types by name; written out in TypeScript, so that a wrong value is a type error.
 * @throws Error on a name that cannot be declared, or a value no literal stands for exactly.
 */
export function translateParameters(
  parameters: Parameters,
  language: ParameterLanguage = "typescript",
  types: ReadonlyMap<string, string> = new Map(),
): string {
  const lines = Object.entries(parameters).map(([name, value]) => {
    if (!IDENTIFIER.test(name)) throw new Error(`a parameter's name is an identifier, got "${name}"`);
    if (!isDeclarable(name))
      throw new Error(`a parameter cannot be called "${name}": the language or its kernel uses that name`);
    const type = language === "typescript" ? types.get(name) : undefined;
    return `let ${name}${type === undefined ? "" : `: ${type}`} = ${literal(name, value)};`;
  });
  return ["// Parameters", ...lines].join("\n");
}

/** Whether a cell can declare an identifier. */
function isDeclarable(name: string): boolean {
  if (NOT_DECLARABLE.has(name) || INTERNAL.test(name)) return false;
  const ts = loadTypeScript();
  const token = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, name).scan();
  return token < ts.SyntaxKind.FirstReservedWord || token > ts.SyntaxKind.LastFutureReservedWord;
}

function literal(name: string, value: ParameterValue): string {
  if (typeof value === "number") return numberLiteral(value);
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "boolean" || value === null) return String(value);
  if (Array.isArray(value))
    return `[${value.map((entry, at) => literal(`${name}[${at}]`, entry)).join(", ")}]`;
  if (typeof value === "object") return mapLiteral(name, value);
  throw new Error(`parameter ${name} is a ${typeof value}, which no notebook can be given`);
}

/**
 * A number as it is, whatever its size: text and YAML with more digits than a number holds is refused where it is
 * read, so what comes here beyond 2^53 is a float (`1e20`), or was rounded by the program that called before anybody
 * could tell. It is written with an exponent, as no count is.
 */
function numberLiteral(value: number): string {
  if (Object.is(value, -0)) return "-0";
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}

/** Why an integer is refused that a number would round. */
export function beyondExact(name: string, digits: string): string {
  return `parameter ${name} is ${digits}: integers beyond 2^53 are not exact, pass it as a text`;
}

function mapLiteral(name: string, map: { [key: string]: ParameterValue }): string {
  const entries = Object.entries(map).map(([key, value]) => {
    // Written plainly, this key would set the prototype.
    const left = key === "__proto__" ? '["__proto__"]' : textLiteral(key);
    return `${left}: ${literal(`${name}.${key}`, value)}`;
  });
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** TypeScript ends a text at U+2028, and what cannot be seen (U+202E turns a line around) is better spelled out. */
function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      const unit = character.charCodeAt(at).toString(16).padStart(4, "0");
      return `\\u${unit}`;
    }).join(""),
  );
}
