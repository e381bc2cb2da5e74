import asc from "assemblyscript/asc";
import { listFiles, root } from "../../structure/support.js";

const FOLDER = "src/clustering/kernels";

/** Where the kernels stand as they are loaded. */
export const COMPILED_PATH: string = `${FOLDER}/compiled.ts`;

/** Optimised, without a runtime: kernels allocate nothing. */
const OPTIONS = ["-O3", "--runtime", "stub", "--noAssert", "--enable", "simd", "--importMemory"];

/** What has to stand there. @throws Error with what the compiler says of the sources. */
export async function compileKernels(): Promise<string> {
  const sources = listFiles(`${FOLDER}/assembly`, ".ts").map((name) => `${FOLDER}/assembly/${name}`);
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
