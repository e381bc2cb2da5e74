/** What papermill notes about a run in the metadata of a notebook and its cells, in its names and forms. */
import type { ParameterValue } from "./parameters.js";
import { packageVersion } from "./version.js";

/** How a cell stands. */
export type CellStatus = "pending" | "running" | "completed" | "failed";

/** What a notebook says about its run when it begins. @param startedAt - milliseconds since 1970. */
export function startedRun(
  paths: { input: string | null; output: string | null },
  parameters: Record<string, ParameterValue>,
  startedAt: number,
): Record<string, unknown> {
  return {
    default_parameters: {},
    duration: null,
    end_time: null,
    environment_variables: {},
    exception: null,
    input_path: paths.input,
    output_path: paths.output,
    parameters: storable(parameters),
    start_time: papermillTime(startedAt),
    version: `insiders ${packageVersion}`,
  };
}

/** What a notebook says about its run once it has ended. */
export function endedRun(
  run: Record<string, unknown>,
  hasFailed: boolean,
  startedAt: number,
  endedAt: number,
): Record<string, unknown> {
  return {
    ...run,
    duration: (endedAt - startedAt) / 1000,
    end_time: papermillTime(endedAt),
    exception: hasFailed ? true : null,
  };
}

/** What a cell says about its run. @param times - milliseconds since 1970. */
export function cellRun(
  status: CellStatus,
  times: { startedAt?: number; endedAt?: number } = {},
): Record<string, unknown> {
  const { startedAt, endedAt } = times;
  return {
    duration: startedAt === undefined || endedAt === undefined ? null : (endedAt - startedAt) / 1000,
    end_time: endedAt === undefined ? null : papermillTime(endedAt),
    exception: status === "pending" ? null : status === "failed",
    start_time: startedAt === undefined ? null : papermillTime(startedAt),
    status,
  };
}

/** A time as Python's `datetime.utcnow().isoformat()` writes it: in UTC, without saying so. */
function papermillTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000");
}

/** JSON has neither NaN nor infinities: they are stored by name. */
function storable(value: ParameterValue): ParameterValue {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, storable(entry)]));
}
