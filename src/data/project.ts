import { fileURLToPath } from "node:url";

/** The project folder, in which relative names of parameters start. */
export const projectFolder: string = fileURLToPath(new URL("../..", import.meta.url));
