/** Writes what the kernels compile to: `npm run kernels`, after a change in `src/clustering/kernels/assembly/`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../structure/support.js";
import { COMPILED_PATH, compileKernels } from "./compiler.js";

writeFileSync(join(root, COMPILED_PATH), await compileKernels());
