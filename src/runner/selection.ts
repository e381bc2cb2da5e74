/** Which notebooks of a sequence are wanted; all of them when nothing is said. */
export interface Selection {
  /** Numbers or names, lists and ranges: `03,05..07`. */
  only?: string;
  /** This one and all that run after it. */
  from?: string;
}

/**
 * The wanted notebooks, in the order they run.
 * @param names - all notebooks in that order: `03-feature-engineering`.
 * @throws Error in one line for what names no notebook.
 */
export function selectCycles(names: readonly string[], { only, from }: Selection): string[] {
  if (only !== undefined && from !== undefined)
    throw new Error("--only and --from exclude each other: write --only 08.. or --from 08");
  if (from !== undefined) return names.slice(positionOf(names, from));
  if (only === undefined) return [...names];
  const wanted = new Set(
    only
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .flatMap((part) => expand(names, part)),
  );
  if (wanted.size === 0) throw new Error("--only names no notebook: write for example --only 03,05..07");
  return names.filter((name) => wanted.has(name));
}

function expand(names: readonly string[], part: string): string[] {
  const range = /^(.*?)\.\.(.*)$/.exec(part);
  if (!range) return [names[positionOf(names, part)]!];
  const first = range[1] === "" ? 0 : positionOf(names, range[1]!);
  const last = range[2] === "" ? names.length - 1 : positionOf(names, range[2]!);
  if (first > last) throw new Error(`${part} runs backwards: write ${range[2]}..${range[1]}`);
  return names.slice(first, last + 1);
}

/** A notebook is called by its number, its name, its name without the number, or its file. */
function positionOf(names: readonly string[], called: string): number {
  const wanted = called.trim().replace(/\.ipynb$/, "");
  const isCalled = /^\d+$/.test(wanted)
    ? (name: string): boolean => Number(/^\d+/.exec(name)?.[0]) === Number(wanted)
    : (name: string): boolean => name === wanted || name.replace(/^\d+-/, "") === wanted;
  const found = names.filter(isCalled);
  if (found.length === 1) return names.indexOf(found[0]!);
  if (found.length > 1) throw new Error(`${called} may be ${found.join(" or ")}: write the whole name`);
  throw new Error(`there is no notebook ${called}: there are ${names.join(", ")}`);
}
