import type { Nbconvert } from "#src/runner/html.js";
import { prepareNbconvert } from "#src/runner/jupyter.js";
import { findOnSystem } from "#src/runner/jupyter-system.js";
import { NBCONVERT } from "#src/runner/jupyter-tools.js";
import { root } from "../structure/support.js";

/** A way to call nbconvert that this machine has. */
export interface NbconvertWay {
  name: string;
  nbconvert: Nbconvert;
}

/** The project's nbconvert, prepared when it is not there yet, and the system's where there is one; none offline. */
export async function findNbconverts(): Promise<NbconvertWay[]> {
  const project = await prepareNbconvert(root, { onMessage: () => {} }).catch(() => undefined);
  const system = await findOnSystem(NBCONVERT, process.env);
  const ways: NbconvertWay[] = [];
  if (project?.origin === "project")
    ways.push({ name: `the project's nbconvert ${project.version}`, nbconvert: project });
  if (system) ways.push({ name: `the system's nbconvert ${system.version}`, nbconvert: system });
  return ways;
}
