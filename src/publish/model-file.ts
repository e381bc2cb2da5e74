import { createHash } from "node:crypto";
import { InputError } from "../data/errors.js";
import { canonicalJson } from "./canonical-json.js";
import type { Model } from "./model.js";
import { modelContent, readModelContent, requireModel } from "./model-content.js";

/** The version of the format that this program writes, and the only one it reads. */
export const MODEL_FORMAT_VERSION = 1;

const FORMAT = "insiders-model";

/**
 * A model as the text of a file: what it is, a checksum, the content. The same model gives the same bytes.
 * @throws RangeError when its parts do not fit together.
 */
export function modelToJson(model: Model): string {
  requireModel(model);
  const content = contentText(modelContent(model));
  return `{
  "format": "${FORMAT}/${MODEL_FORMAT_VERSION}",
  "checksum": "${checksumOf(content)}",
  "content": ${content}
}
`;
}

/** What names a model: the checksum in its file. @throws RangeError when its parts do not fit together. */
export function modelChecksum(model: Model): string {
  requireModel(model);
  return checksumOf(contentText(modelContent(model)));
}

/**
 * The model that `modelToJson` wrote. White space and the order of keys do not count; any other change is noticed.
 * @param name - how messages call it.
 * @throws InputError in one line: no JSON, cut off, another format, a newer or older version, another checksum, or
 * parts that do not fit together.
 */
export function modelFromJson(text: string, name = "the model"): Model {
  const { format, checksum, content } = parse(text, name);
  requireFormat(format, name);
  if (checksumText(content) !== checksum)
    throw new InputError(
      `${name} was changed after it was written (its checksum differs): copy it again, or fit the model again`,
    );
  try {
    return readModelContent(content);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(`${name} does not fit together: ${cause.message}`, { cause });
  }
}

function parse(text: string, name: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      isCutOff(text)
        ? `${name} is cut off (it ends within its JSON): copy it again, or fit the model again`
        : `${name} is not JSON: name a file that holds a model`,
      { cause },
    );
  }
  if (typeof json === "object" && json !== null && !Array.isArray(json))
    return json as Record<string, unknown>;
  throw new InputError(
    `${name} is JSON, but no model: name a file whose format is ${FORMAT}/${MODEL_FORMAT_VERSION}`,
  );
}

function requireFormat(format: unknown, name: string): void {
  const version = typeof format === "string" ? /^insiders-model\/(\d{1,9})$/.exec(format)?.[1] : undefined;
  if (version === undefined) {
    const found = format === undefined ? "it names no format" : `its format is ${JSON.stringify(format)}`;
    throw new InputError(
      `${name} is JSON, but no model (${found.slice(0, 100)}): name a file whose format is ${FORMAT}/${MODEL_FORMAT_VERSION}`,
    );
  }
  const found = Number(version);
  if (found === MODEL_FORMAT_VERSION) return;
  const reads = `${FORMAT}/${found}; this program reads version ${MODEL_FORMAT_VERSION}`;
  throw new InputError(
    found > MODEL_FORMAT_VERSION
      ? `${name} is of a newer format (${reads}): update this program, or fit the model again with it`
      : `${name} is of an older format (${reads}): fit the model again`,
  );
}

/** Of what JSON has not and a text can still say, such as 1e999, no checksum is right. */
function checksumText(content: unknown): string | null {
  try {
    return checksumOf(contentText(content));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function contentText(content: unknown): string {
  return canonicalJson(content, "  ");
}

function checksumOf(content: string): string {
  const digest = createHash("sha256").update(`${FORMAT}/${MODEL_FORMAT_VERSION}\n${content}`).digest("hex");
  return `sha256:${digest}`;
}

/** Whether a text begins as an object that is not closed at its end. */
function isCutOff(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInText) {
      if (character === "\\") at++;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
  }
  return depth > 0;
}
