import { nameToWords } from "../format.js";
import { RECORD_MIME } from "../types.js";
import { type Bundle, display } from "./display.js";
import { tableBundle } from "./table.js";

/**
 * Records who is in which group and shows how large the groups are. The comparison of two runs reads from it
 * how they grew and who moved.
 * @param name - stable across runs: `segments`.
 * @param ids - one a member, such as customer ids; stored as text.
 * @param labels - the group of each.
 * @throws RangeError when the lists differ in length or an id comes twice.
 */
export function recordGroups(
  name: string,
  ids: readonly (string | number)[],
  labels: readonly (string | number)[],
): void {
  display(groupsBundle(name, ids, labels));
}

/** The output of recorded groups. */
export function groupsBundle(
  name: string,
  ids: readonly (string | number)[],
  labels: readonly (string | number)[],
): Bundle {
  const groups = groupIds(name, ids, labels);
  const sizes = Object.entries(groups).map(([group, members]) => ({ group, members: members.length }));
  const table = tableBundle(sizes, {
    caption: nameToWords(name),
    columns: { group: "Group", members: "Members" },
    limit: sizes.length,
  });
  return { data: { [RECORD_MIME]: { name, groups }, ...table.data } };
}

/** Labels and ids in order, so that the same groups give the same bytes. */
function groupIds(
  name: string,
  ids: readonly (string | number)[],
  labels: readonly (string | number)[],
): Record<string, string[]> {
  if (ids.length !== labels.length)
    throw new RangeError(
      `recorded groups need one label an id, got ${ids.length} ids and ${labels.length} labels for "${name}"`,
    );
  const seen = new Set<string>();
  const groups = new Map<string, string[]>();
  for (const [at, id] of ids.entries()) {
    const text = String(id);
    if (seen.has(text))
      throw new RangeError(`recorded groups hold an id once, "${text}" is twice in "${name}"`);
    seen.add(text);
    const label = String(labels[at]);
    const members = groups.get(label) ?? [];
    groups.set(label, members);
    members.push(text);
  }
  const sorted = [...groups].sort(([a], [b]) => byNumberAndText(a, b));
  return Object.fromEntries(sorted.map(([label, members]) => [label, members.sort(byNumberAndText)]));
}

function byNumberAndText(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true }) || (a < b ? -1 : 1);
}
