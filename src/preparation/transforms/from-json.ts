import { boxCox } from "./box-cox.js";
import type { FittedTransform, TransformState } from "./fitted-transform.js";
import { log1p } from "./log1p.js";
import { minMax } from "./min-max.js";
import { quantileTransform } from "./quantile.js";
import { robust } from "./robust.js";
import { standard } from "./standard.js";
import { yeoJohnson } from "./yeo-johnson.js";

/** What a stored transform starts with; another version is refused. */
export const TRANSFORM_FORMAT = "insiders-transform/1";

/** A fitted transform as plain data: format, kind and numbers. */
export type TransformJson = { readonly format: typeof TRANSFORM_FORMAT } & TransformState;

type Restore = (state: unknown) => FittedTransform;

const RESTORE: Readonly<Record<string, Restore>> = {
  log1p: () => log1p(),
  "box-cox": (state) => boxCox({ kind: "box-cox", ...powerOf(state) }),
  "yeo-johnson": (state) => yeoJohnson({ kind: "yeo-johnson", ...powerOf(state) }),
  standard: (state) =>
    standard({ kind: "standard", mean: number(state, "mean"), scale: positive(state, "scale") }),
  robust: (state) =>
    robust({ kind: "robust", center: number(state, "center"), scale: positive(state, "scale") }),
  "min-max": (state) =>
    minMax({ kind: "min-max", min: number(state, "min"), range: positive(state, "range") }),
  quantile: (state) =>
    quantileTransform({ kind: "quantile", output: outputOf(state), quantiles: quantilesOf(state) }),
};

/** A fitted transform as plain data, from which `transformFromJson` makes the same one, digit for digit. */
export function transformToJson({ state }: FittedTransform): TransformJson {
  return { format: TRANSFORM_FORMAT, ...state };
}

/**
 * The transform that `transformToJson` described.
 * @throws RangeError for another format or version, an unknown kind, or a number that is missing or unfit.
 */
export function transformFromJson(json: unknown): FittedTransform {
  const format = field(json, "format");
  if (format !== TRANSFORM_FORMAT)
    throw new RangeError(`a stored transform has format "${TRANSFORM_FORMAT}", got ${show(format)}`);
  return transformFromState(json);
}

/** The transform of a state, wherever it is stored. @throws RangeError as `transformFromJson` does. */
export function transformFromState(state: unknown): FittedTransform {
  const kind = field(state, "kind");
  const restore = typeof kind === "string" && Object.hasOwn(RESTORE, kind) ? RESTORE[kind] : undefined;
  if (restore === undefined)
    throw new RangeError(
      `a stored transform is one of ${Object.keys(RESTORE).join(", ")}, got ${show(kind)}`,
    );
  return restore(state);
}

function powerOf(state: unknown): { lambda: number; mean: number; scale: number } {
  return { lambda: number(state, "lambda"), mean: number(state, "mean"), scale: positive(state, "scale") };
}

function outputOf(state: unknown): "uniform" | "normal" {
  const output = field(state, "output");
  if (output === "uniform" || output === "normal") return output;
  throw new RangeError(`a stored quantile transform has output uniform or normal, got ${show(output)}`);
}

function quantilesOf(state: unknown): number[] {
  const quantiles = field(state, "quantiles");
  if (!Array.isArray(quantiles) || quantiles.length === 0)
    throw new RangeError(`a stored quantile transform has a list of quantiles, got ${show(quantiles)}`);
  quantiles.forEach((value: unknown, i) => {
    if (!Number.isFinite(value) || (value as number) < quantiles[i - 1])
      throw new RangeError(`stored quantiles are finite and ascending, got ${show(value)} at ${i}`);
  });
  return [...(quantiles as number[])];
}

function positive(state: unknown, name: string): number {
  const value = number(state, name);
  if (value > 0) return value;
  throw new RangeError(`a stored ${show(field(state, "kind"))} has a positive ${name}, got ${value}`);
}

function number(state: unknown, name: string): number {
  const value = field(state, name);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new RangeError(`a stored ${show(field(state, "kind"))} has a finite ${name}, got ${show(value)}`);
}

function field(json: unknown, name: string): unknown {
  if (typeof json !== "object" || json === null) return undefined;
  return Object.hasOwn(json, name) ? (json as Record<string, unknown>)[name] : undefined;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
