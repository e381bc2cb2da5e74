/**
 * How time and memory of the embeddings grow with the customers: `node build/bench/embedding-cost.js [METHOD]...`
 * Rows are those of the real customers drawn with replacement by a seed, with a little noise added to each measure.
 * Each cell is one run in a process of its own; given are the seconds of the fit, those of
 * all its threads added up, and the peak memory of the process.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomIndex, randomNormal } from "#src/math/distributions.js";
import { seededRandom } from "#src/math/random.js";
import { root } from "../tests/structure/support.js";
import type { Case } from "./case.js";
import { readCustomerMatrix } from "./customer-matrix.js";
import { measureCase } from "./measure.js";
import { ourEmbedder } from "./sides/embedders.js";

const SIZES = [1_000, 2_000, 4_000, 8_000, 16_000, 50_000];
const JITTER = 0.05;

const asked = process.argv.slice(2);
const methods = asked.length > 0 ? asked : ["pca", "umap", "forest", "tsne"];
const customers = await readCustomerMatrix();
const folder = mkdtempSync(join(tmpdir(), "insiders-cost-"));
try {
  const rows = [`| rows | ${methods.join(" | ")} |`, `|---:${"|---:".repeat(methods.length)}|`];
  process.stdout.write(`${rows.join("\n")}\n`);
  for (const size of SIZES) {
    writeFileSync(join(folder, "customers.json"), JSON.stringify(drawCustomers(size)));
    const cells: string[] = [];
    for (const method of methods) cells.push(await measure(method));
    process.stdout.write(`| ${size} | ${cells.join(" | ")} |\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function drawCustomers(size: number): number[][] {
  const random = seededRandom(size);
  return Array.from({ length: size }, () =>
    customers[randomIndex(random, customers.length)]!.map((value) => value + JITTER * randomNormal(random)),
  );
}

async function measure(method: string): Promise<string> {
  const ours = ourEmbedder(method, "once");
  const spec: Case = {
    ...{ name: method, title: method, figure: "fit", unit: "s", ours, rivals: [], rounds: 1, warmUps: 0 },
  };
  const [measured] = await measureCase(spec, [ours], { root, folder, python: "" }, () => {});
  const [sample] = measured!.samples;
  return `${sample!.seconds.toFixed(2)} s, ${sample!.figures!.cpu!.toFixed(2)} s, ${Math.round((sample!.peakBytes ?? 0) / 2 ** 20)} MiB`;
}
