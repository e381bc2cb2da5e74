import { type FieldValue, formatField } from "./format-field.js";
import type { Parameters } from "./parameter-types.js";

/** What paths may name beside the parameters. */
export type BuiltinParameters = {
  pm: { run_uuid: string; current_datetime_local: Date; current_datetime_utc: Date };
};

/** Names for paths: `{pm[run_uuid]}`, `{pm[current_datetime_local]}`, `{pm[current_datetime_utc]}`. */
export function builtinParameters(now: Date, uuid: string): BuiltinParameters {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return { pm: { run_uuid: uuid, current_datetime_local: local, current_datetime_utc: new Date(now) } };
}

/** A brace written twice, a field, or a brace that is neither. */
const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** `name[entry].entry!conversion:specification` */
const FIELD = /^([^.[\]!:]*)((?:\.[^.[\]!:]+|\[[^\]]+\])*)(?:!([^:]*))?(?::(.*))?$/s;

/**
 * A path with its fields filled in, as Python's `str.format` does: `{name}`, `{map[entry]}`, `{list[0]}`,
 * `{number:03d}`, `{date:%Y-%m-%d}`; `{{` and `}}` stand for braces.
 * @param parameters - go before `builtins` of the same name.
 * @throws Error in one line that names the path and the field when a field cannot be filled.
 */
export function fillPathTemplate(path: string, parameters: Parameters, builtins: BuiltinParameters): string {
  const values: { [name: string]: FieldValue } = { ...builtins, ...parameters };
  return path.replace(PART, (part, field: string | undefined) => {
    if (part === "{{" || part === "}}") return part[0]!;
    try {
      if (field === undefined) throw new Error(`a single ${part} is written twice to stand for itself`);
      return fill(field, values);
    } catch (cause) {
      throw new Error(`in the path ${path}: ${(cause as Error).message}`, { cause });
    }
  });
}

function fill(field: string, values: { [name: string]: FieldValue }): string {
  const [, name, steps, conversion, specification] = FIELD.exec(field) ?? [];
  if (name === undefined) throw new Error(`{${field}} is no field`);
  if (name === "" || /^\d+$/.test(name))
    throw new Error(`{${field}} names no parameter: write {name}, and {{ or }} for a brace`);
  let path = name;
  let value = entry(values, name, path);
  for (const [step] of steps!.matchAll(/\.[^.[]+|\[[^\]]+\]/g)) {
    const key = step.startsWith(".") ? step.slice(1) : step.slice(1, -1);
    path += step;
    value = entry(value, key, path);
  }
  if (conversion !== undefined && conversion !== "s")
    throw new Error(`{${field}} asks for !${conversion}; there is !s only`);
  return formatField(value, conversion === "s", specification ?? "", path);
}

function entry(from: FieldValue, key: string, path: string): FieldValue {
  if (Array.isArray(from) && /^\d+$/.test(key) && Number(key) < from.length) return from[Number(key)]!;
  if (from !== null && typeof from === "object" && !Array.isArray(from) && !(from instanceof Date))
    if (Object.hasOwn(from, key)) return from[key]!;
  throw new Error(`Missing parameter '${path}'`);
}
