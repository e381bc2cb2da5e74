/**
 * How time and memory grow with the customers: `node build/bench/cost.js embedding|clustering [METHOD]...`
 * Rows are those of the real customers drawn with replacement by a seed, with a little noise added to each measure. Each
 * point is one run in a process of its own. Points go to `bench/cost-*.json`, where those that were taken anew replace
 * the older ones of the same method and rows, and from there into the figure `bench/cost-*.svg`.
 * `--rows 1000,2000` takes other sizes, `--draw` takes none and draws what is there, `--save` writes `bench/results.md`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { randomIndex, randomNormal } from "#src/math/distributions.js";
import { seededRandom } from "#src/math/random.js";
import { writeFileAtomic } from "#src/runner/files.js";
import { root } from "../tests/structure/support.js";
import type { Case, Side } from "./case.js";
import { costFigure } from "./cost/figure.js";
import { type CostPoint, type Costs, formatBytes, formatSeconds, mergeCosts } from "./cost/points.js";
import { costTable } from "./cost/table.js";
import { readCustomerMatrix } from "./customer-matrix.js";
import { describeMachine } from "./machine.js";
import { measureCase } from "./measure.js";
import { saveSection } from "./results.js";
import { matrixIn, ourEmbedder } from "./sides/embedders.js";

/** What is drawn together. */
interface Family {
  what: string;
  /** Names of the methods as readers know them. */
  names: Readonly<Record<string, string>>;
  side(method: string): Side;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  embedding: {
    what: "the spaces",
    names: { pca: "PCA", umap: "UMAP", forest: "Forest space", tsne: "t-SNE" },
    side: (method) => ourEmbedder(method, "once"),
  },
  clustering: {
    what: "clustering",
    names: {
      kmeans: "K-Means",
      gmm: "Gaussian mixture",
      ward: "Ward",
      hdbscan: "HDBSCAN",
      silhouettes: "Silhouettes",
      sampled: "Sampled silhouettes",
    },
    side: (method) => ({
      name: "insiders",
      runs: "node",
      commands: (setting) => [
        {
          argv: [
            process.execPath,
            join(setting.root, "build/bench/sides/cluster.js"),
            method,
            matrixIn(setting),
          ],
        },
      ],
    }),
  },
};
const SIZES = "1000,2000,4000,8000,16000,50000";
const JITTER = 0.05;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: SIZES },
    draw: { type: "boolean", default: false },
    save: { type: "boolean", default: false },
  },
});
const [name = "", ...asked] = positionals;
const family = FAMILIES[name];
if (family === undefined)
  throw new Error(`expected one of ${Object.keys(FAMILIES).join(", ")}, got "${name}"`);
const known = Object.keys(family.names);
const unknown = asked.filter((method) => !known.includes(method));
if (unknown.length > 0)
  throw new Error(`${name} has the methods ${known.join(", ")}, not ${unknown.join(", ")}`);
const sizes = values.rows.split(",").map(Number);
if (!sizes.every((size) => Number.isInteger(size) && size >= 100))
  throw new Error(`--rows takes whole numbers from 100, got ${values.rows}`);

const path = join(root, `bench/cost-${name}.json`);
let costs: Costs | null = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Costs) : null;
if (!values.draw) await takePoints(family, asked.length > 0 ? asked : known);
if (costs !== null) draw(family, costs);

async function takePoints({ names, side }: Family, methods: readonly string[]): Promise<void> {
  const machine = describeMachine("");
  const customers = await readCustomerMatrix();
  const folder = mkdtempSync(join(tmpdir(), "insiders-cost-"));
  try {
    for (const size of sizes) {
      const setting = { root, folder, python: "" };
      writeFileSync(matrixIn(setting), JSON.stringify(drawCustomers(customers, size)));
      for (const method of methods) {
        const point = await measure(side(method), method, size, folder);
        const { seconds, cpu, peakBytes } = point;
        process.stdout.write(
          `${names[method]}, ${size} rows: ${formatSeconds(seconds)}, cpu ${formatSeconds(cpu)}, ${formatBytes(peakBytes)}\n`,
        );
        // After each point, so that a run that is ended has not been for nothing.
        costs = mergeCosts(costs, { machine, points: [point] }, known);
        writeFileAtomic(path, `${JSON.stringify(costs, null, 1)}\n`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function drawCustomers(customers: readonly number[][], size: number): number[][] {
  const random = seededRandom(size);
  return Array.from({ length: size }, () =>
    customers[randomIndex(random, customers.length)]!.map((value) => value + JITTER * randomNormal(random)),
  );
}

async function measure(ours: Side, method: string, rows: number, folder: string): Promise<CostPoint> {
  const spec: Case = {
    ...{ name: method, title: method, figure: "fit", unit: "s", ours, rivals: [], rounds: 1, warmUps: 0 },
  };
  const [measured] = await measureCase(spec, [ours], { root, folder, python: "" }, () => {});
  const { seconds, peakBytes, figures } = measured!.samples[0]!;
  const { fit, cpu, ...found } = figures!;
  const point = { method, rows, seconds: rounded(seconds), cpu: rounded(cpu!), peakBytes };
  return Object.keys(found).length > 0 ? { ...point, found } : point;
}

/** Seconds without what no clock tells. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1e4) / 1e4;
}

function draw({ what, names }: Family, drawn: Costs): void {
  writeFileAtomic(join(root, `bench/cost-${name}.svg`), costFigure(drawn, what, names));
  const table = costTable(drawn, names);
  process.stdout.write(`\n${table}\n`);
  if (!values.save) return;
  const section = [
    `Cost of ${what} by the number of customers: seconds of the work, those of all its threads, peak memory of the process.`,
    `Drawn ${new Date().toISOString().slice(0, 10)}, measured on ${drawn.machine}; \`node build/bench/cost.js ${name} --save\``,
    `\n![Cost of ${what} by rows, both axes logarithmic](cost-${name}.svg)\n`,
    table,
  ];
  saveSection(root, `cost-${name}`, section.join("\n"));
}
