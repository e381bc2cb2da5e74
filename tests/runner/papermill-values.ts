import { readText } from "../structure/support.js";

/** A value as the fixture writes it: what papermill made of a text. */
export type Encoded =
  | ["none"]
  | ["bool", boolean]
  | ["int" | "float" | "text" | "other" | "error", string]
  | ["list", Encoded[]]
  | ["map", [Encoded, Encoded][]];

interface Fixture {
  typed: [text: string, value: Encoded][];
  scalars: [text: string, value: Encoded][];
  documents: [text: string, value: Encoded][];
  dates: { directives: string; rows: [time: string, text: string][] };
  paths: { moment: string; parameters: Encoded; rows: [template: string, path: Encoded][] };
}

export const papermillValues = JSON.parse(readText("tests/runner/fixtures/papermill-values.json")) as Fixture;

/** The value in JavaScript. @throws Error on what a number or a notebook cannot hold, and on what papermill refused. */
export function decode(encoded: Encoded): unknown {
  const [kind, content] = encoded;
  if (kind === "none") return null;
  if (kind === "list") return content.map(decode);
  if (kind === "map")
    return Object.fromEntries(content.map(([key, value]) => [String(decode(key)), decode(value)]));
  if (kind === "bool" || kind === "text") return content;
  const number = Number(content!.replace("inf", "Infinity"));
  if (kind === "float" || (kind === "int" && Number.isSafeInteger(number))) return number;
  throw new Error(`${kind}: ${content}`);
}
