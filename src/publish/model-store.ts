import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { InputError } from "../data/errors.js";
import type { Workspace } from "../data/workspace.js";
import type { Model } from "./model.js";
import { modelFromJson, modelToJson } from "./model-file.js";

/** Stores a model as the artifact `model` of a workspace. @throws RangeError when its parts do not fit together. */
export async function storeModel(workspace: Workspace, model: Model): Promise<void> {
  await workspace.writeText("model", modelToJson(model));
}

/** Reads a model from a file. @throws InputError in one line when it is missing, unreadable or none. */
export async function readModel(path: string): Promise<Model> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new InputError(explain(path, cause), { cause });
  });
  return modelFromJson(text, basename(path));
}

function explain(path: string, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return `there is no model ${path}: name the model.json that a run wrote`;
    case "EISDIR":
      return `${path} is a folder: name the model.json in it`;
    default:
      return `${path} cannot be read (${code ?? message}): name another model`;
  }
}
