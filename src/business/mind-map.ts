import { mindMapBranches } from "./hypotheses.js";
import type { TestedHypothesis, Verdict } from "./hypothesis.js";
import { effectText, evidenceText } from "./hypothesis-text.js";

/** A hypothesis on its branch. */
export interface MindMapLeaf {
  text: string;
  verdict: Verdict;
  /** The effect, beside the text. */
  effect: string;
  /** Unfolded by the reader, a paragraph each. */
  details: readonly string[];
}

export interface MindMapBranch {
  name: string;
  note: string;
  /** False where these data cannot tell; such a branch has no leaves. */
  isTestable: boolean;
  leaves: readonly MindMapLeaf[];
}

/** A tree of hypotheses around what they are about. */
export interface MindMap {
  /** The finding. */
  title: string;
  /** What all branches are about. */
  root: string;
  caption: string;
  branches: readonly MindMapBranch[];
}

/** Tested hypotheses as a tree: branches in their order, leaves by priority. */
export function hypothesisMap(
  rows: readonly TestedHypothesis[],
  { root, title, caption }: Pick<MindMap, "root" | "title" | "caption">,
): MindMap {
  const branches = mindMapBranches.map(({ name, note, area }) => ({
    name,
    note,
    isTestable: area !== null,
    leaves: rows
      .filter((row) => row.area === area)
      .toSorted((a, b) => b.priority - a.priority)
      .map(leafOf),
  }));
  return { title, root, caption, branches };
}

function leafOf(row: TestedHypothesis): MindMapLeaf {
  const { claim, published, verdict, action, isBuiltIn } = row;
  return {
    text: published === null ? claim : `${published}: ${claim}`,
    verdict,
    effect: effectText(row),
    details: [
      evidenceText(row),
      ...(isBuiltIn
        ? ["The segment was formed by this measure: that it differs is no news, how far is."]
        : []),
      `What follows: ${action}`,
    ],
  };
}
