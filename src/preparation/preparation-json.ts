import type { ImputerState } from "./impute.js";
import { type FittedFeature, Preparation } from "./preparation.js";
import type { TransformState } from "./transforms/fitted-transform.js";
import { transformFromState } from "./transforms/from-json.js";

/** What a stored preparation starts with; another version is refused. */
export const PREPARATION_FORMAT = "insiders-preparation/1";

/** A preparation as plain data: nothing in it but names, words and finite numbers. */
export interface PreparationJson {
  readonly format: typeof PREPARATION_FORMAT;
  /** In the order of the matrix's columns. */
  readonly features: readonly {
    readonly name: string;
    readonly impute: ImputerState | null;
    readonly steps: readonly TransformState[];
    readonly reason: string;
  }[];
}

/** A preparation as plain data, from which `preparationFromJson` makes one that gives the same bytes. */
export function preparationToJson({ features }: Preparation): PreparationJson {
  return {
    format: PREPARATION_FORMAT,
    features: features.map(({ name, impute, steps, reason }) => ({
      name,
      impute,
      steps: steps.map(({ state }) => state),
      reason,
    })),
  };
}

/**
 * The preparation that `preparationToJson` described.
 * @throws RangeError for another format or version, or a feature that cannot be read, with its name.
 */
export function preparationFromJson(json: unknown): Preparation {
  const { format, features } = (json ?? {}) as Partial<Record<string, unknown>>;
  if (format !== PREPARATION_FORMAT)
    throw new RangeError(
      `a stored preparation has format "${PREPARATION_FORMAT}", got ${JSON.stringify(format)}`,
    );
  if (!Array.isArray(features)) throw new RangeError("a stored preparation has a list of features, got none");
  return new Preparation(features.map(readFeature));
}

function readFeature(json: unknown, at: number): FittedFeature {
  const { name, impute, steps, reason } = (json ?? {}) as Partial<Record<string, unknown>>;
  if (typeof name !== "string" || name === "")
    throw new RangeError(`a stored feature has a name, got ${JSON.stringify(name)} (feature ${at})`);
  if (!Array.isArray(steps)) throw new RangeError(`the stored feature ${name} has no list of steps`);
  return {
    name,
    impute: readImputer(name, impute),
    steps: steps.map((step: unknown) => {
      try {
        return transformFromState(step);
      } catch (cause) {
        throw new RangeError(`${name}: ${(cause as Error).message}`, { cause });
      }
    }),
    reason: typeof reason === "string" ? reason : "",
  };
}

function readImputer(name: string, json: unknown): ImputerState | null {
  if (json === null) return null;
  const { strategy, value, missing } = (json ?? {}) as Partial<Record<string, unknown>>;
  if (
    (strategy === "median" || strategy === "constant") &&
    typeof value === "number" &&
    Number.isFinite(value) &&
    typeof missing === "number"
  )
    return { strategy, value, missing };
  throw new RangeError(
    `${name}: a stored imputer is null or has strategy, value, missing; got ${JSON.stringify(json)}`,
  );
}
