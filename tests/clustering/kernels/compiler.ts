import asc from "assemblyscript/asc";
import { root } from "../../structure/support.js";

/** Kernels that are loaded together. */
export interface KernelSources {
  /** They stand in `assembly/` of it. */
  folder: string;
  /** Those whose exports are called. */
  entries: string[];
}

/** All that there are. */
export const KERNELS: KernelSources[] = [
  { folder: "src/clustering/kernels", entries: ["kmeans", "mixture"] },
  { folder: "src/data/kernels", entries: ["coding"] },
];

/** Optimised, without a runtime: kernels have nothing collected. */
const OPTIONS = ["-O3", "--runtime", "stub", "--noAssert", "--enable", "simd", "--importMemory"];

/** Where kernels stand as they are loaded. */
export function compiledPath({ folder }: KernelSources): string {
  return `${folder}/compiled.ts`;
}

/** What has to stand there. @throws Error with what the compiler says of the sources. */
export async function compileKernels({ folder, entries }: KernelSources): Promise<string> {
  const sources = entries.map((name) => `${folder}/assembly/${name}.ts`);
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(
    [...sources, "--baseDir", root, "--initialMemory", "0", "--outFile", "kernels.wasm", ...OPTIONS],
    {
      writeFile: (_, contents) => {
        bytes = Uint8Array.from(contents as Uint8Array);
      },
    },
  );
  if (error) throw new Error(`the kernels do not compile: ${stderr.toString()}`, { cause: error });
  return [
    "/** What `assembly/` compiles to, as base64; written by `npm run kernels`. */",
    `export const COMPILED: string =\n  "${Buffer.from(bytes).toString("base64")}";\n`,
  ].join("\n");
}
