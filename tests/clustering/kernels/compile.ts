/** Writes what the kernels compile to: `npm run kernels`, after a change in a folder `kernels/assembly/` of `src/`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../structure/support.js";
import { compiledPath, compileKernels, KERNELS } from "./compiler.js";

for (const kernels of KERNELS)
  writeFileSync(join(root, compiledPath(kernels)), await compileKernels(kernels));
