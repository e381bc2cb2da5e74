/** Fits a plan to a table and applies it: `prepare.js TABLE`; prints `fit` in seconds, without reading the table. */
import { readFileSync } from "node:fs";
import type { FeaturePlan } from "#src/preparation/plan.js";
import { fitPreparation } from "#src/preparation/preparation.js";

const { columns, plan } = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as {
  columns: Record<string, (number | null)[]>;
  plan: FeaturePlan[];
};
const table = {
  ids: Object.values(columns)[0]!.map((_, i) => String(i)),
  columns: Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      Float64Array.from(values, (value) => value ?? Number.NaN),
    ]),
  ),
};
const started = performance.now();
const { prepared } = fitPreparation(table, plan);
const fit = (performance.now() - started) / 1000;
process.stdout.write(`${JSON.stringify({ fit, first: prepared.X.data[0] })}\n`);
