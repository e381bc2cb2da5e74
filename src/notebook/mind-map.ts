import type { MindMap, MindMapBranch, MindMapLeaf } from "../business/mind-map.js";
import { escapeHtml } from "../format.js";
import { type Bundle, display } from "./display.js";
import { styled } from "./output-style.js";

type Verdict = MindMapLeaf["verdict"];

/** A verdict by sign and word, so that no colour is needed to read it. */
const SIGNS: Readonly<Record<Verdict, { sign: string; kind: string }>> = {
  holds: { sign: "✓", kind: "yes" },
  "does not hold": { sign: "✕", kind: "no" },
  "the opposite holds": { sign: "⇄", kind: "opposite" },
  undecided: { sign: "?", kind: "open" },
};

/** Tree lines where there is room; else a nested list. The colours keep their contrast on white and on black. */
const STYLE = `<style>
.insiders-mind-map{container-type:inline-size;margin:.5rem 0 1.5rem;max-width:64rem;--line:rgba(128,128,128,.55)}
.insiders-mind-map ul{list-style:none;margin:0;padding:0}
.insiders-mind-map li{margin:0;position:relative}
.insiders-mind-map :is(p,summary){margin:0;max-width:none;line-height:1.4}
.insiders-mind-map summary{cursor:pointer;list-style:none}
.insiders-mind-map summary::-webkit-details-marker{display:none}
.insiders-mind-map summary:focus-visible{outline:2px solid;outline-offset:2px;border-radius:3px}
.insiders-mind-tree{font-size:.875rem}
.insiders-mind-root{font-weight:700;font-size:1.05em}
.insiders-mind-name{font-weight:600}
.insiders-mind-note,.insiders-mind-more{opacity:.8}
.insiders-mind-note{font-size:.92em}
.insiders-mind-leaf{padding:.3em 0 .3em 1.5em}
.insiders-mind-leaf summary{display:grid;grid-template-columns:1.6em minmax(0,1fr);gap:.1em .5em;margin-left:-.1em}
.insiders-mind-sign{grid-row:1/3;width:1.5em;height:1.5em;line-height:1.5em;border-radius:50%;text-align:center;font-weight:700;color:#fff;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.insiders-mind-yes{background:#00704f}
.insiders-mind-no{background:#6b4300}
.insiders-mind-opposite{background:#b3261e}
.insiders-mind-open{background:#5c646c}
.insiders-mind-effect{grid-column:2}
.insiders-mind-effect::after{content:" +";font-weight:700}
details[open] .insiders-mind-effect::after{content:" −"}
.insiders-mind-more{padding:.25em 0 .25em 2.1em}
.insiders-mind-more p+p{margin-top:.3em}
.insiders-mind-untested>div{opacity:.8}
.insiders-mind-key{display:flex;flex-wrap:wrap;gap:.25em 1.5em;margin:.9em 0 .5em;font-size:.875rem}
.insiders-mind-key span.insiders-mind-sign{display:inline-block;margin-right:.4em}
.insiders-mind-branch{padding-top:.9em}
.insiders-mind-branch>ul{margin-top:.3em;border-left:2px solid var(--line)}
.insiders-mind-branch>ul .insiders-mind-leaf{padding-left:.7em}
@container (min-width:40rem){
.insiders-mind-tree{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:2.5rem;align-items:center}
.insiders-mind-root{position:relative;text-align:center;padding:.6em .4em;border:2px solid;border-radius:.6em}
.insiders-mind-root::after{content:"";position:absolute;left:calc(100% + 2px);top:50%;width:calc(2.5rem - 4px);border-top:1.5px solid var(--line)}
.insiders-mind-branch{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:2rem;align-items:center;padding:.45em 0 .45em 1.25rem}
.insiders-mind-branch>div{position:relative;border:1.5px solid var(--line);border-radius:.5em;padding:.35em .6em}
.insiders-mind-untested{grid-template-columns:minmax(0,1fr)}
.insiders-mind-untested>div{border-style:dashed}
.insiders-mind-branch>ul{margin:0;border:0}
.insiders-mind-branch>ul .insiders-mind-leaf{padding-left:1.25rem}
.insiders-mind-branch:not(.insiders-mind-untested)>div::after{content:"";position:absolute;left:calc(100% + 1px);top:50%;width:2rem;border-top:1.5px solid var(--line)}
.insiders-mind-tree li::before{content:"";position:absolute;left:0;top:50%;width:1.05rem;border-top:1.5px solid var(--line)}
.insiders-mind-tree li::after{content:"";position:absolute;left:0;top:0;bottom:0;border-left:1.5px solid var(--line)}
.insiders-mind-tree li:first-child::after{top:50%}
.insiders-mind-tree li:last-child::after{bottom:50%}
}
@media print{.insiders-mind-map details::details-content{content-visibility:visible}.insiders-mind-map details:not([open])>*{display:block}.insiders-mind-map details>summary{display:grid!important}.insiders-mind-leaf{break-inside:avoid}}
</style>`;

/** Shows a tree of hypotheses with their verdicts; each unfolds, by mouse or keyboard, to its evidence. */
export function showMindMap(map: MindMap): void {
  display(mindMapBundle(map));
}

/** The output of a mind map: HTML that needs no script, and an indented list as plain text. */
export function mindMapBundle(map: MindMap): Bundle {
  const { title, root, caption, branches } = map;
  const html = `${STYLE}
<figure class="insiders-figure insiders-mind-map" aria-label="${escapeHtml(`Mind map: ${title}`)}">
<p class="insiders-figure-title">${escapeHtml(title)}</p>
${renderKey(branches)}
<div class="insiders-mind-tree">
<div class="insiders-mind-root">${escapeHtml(root)}</div>
<ul>
${branches.map(renderBranch).join("\n")}
</ul>
</div>
<figcaption>${escapeHtml(caption)}</figcaption>
</figure>`;
  return { data: { "text/html": styled(html), "text/plain": writePlain(map) } };
}

/** What the signs mean, and how many there are of each. */
function renderKey(branches: readonly MindMapBranch[]): string {
  const leaves = branches.flatMap((branch) => branch.leaves);
  const parts = (Object.keys(SIGNS) as Verdict[]).map((verdict) => {
    const count = leaves.filter((leaf) => leaf.verdict === verdict).length;
    return `<span>${renderSign(verdict)}${escapeHtml(verdict)}: ${count}</span>`;
  });
  return `<p class="insiders-mind-key">${parts.join("")}</p>`;
}

function renderSign(verdict: Verdict): string {
  const { sign, kind } = SIGNS[verdict];
  return `<span class="insiders-mind-sign insiders-mind-${kind}" aria-hidden="true">${sign}</span>`;
}

function renderBranch({ name, note, isTestable, leaves }: MindMapBranch): string {
  const said = isTestable ? note : `cannot be tested here: ${note}`;
  const kind = isTestable ? "insiders-mind-branch" : "insiders-mind-branch insiders-mind-untested";
  const list = leaves.length === 0 ? "" : `\n<ul>\n${leaves.map(renderLeaf).join("\n")}\n</ul>`;
  return `<li class="${kind}"><div><span class="insiders-mind-name">${escapeHtml(name)}</span> <p class="insiders-mind-note">${escapeHtml(said)}</p></div>${list}</li>`;
}

function renderLeaf({ text, verdict, effect, details }: MindMapLeaf): string {
  const more = details.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("");
  return `<li class="insiders-mind-leaf"><details><summary>${renderSign(verdict)}<span>${escapeHtml(text)}</span><span class="insiders-mind-effect"><b>${escapeHtml(verdict)}</b>, ${escapeHtml(effect)}</span></summary><div class="insiders-mind-more">${more}</div></details></li>`;
}

function writePlain({ title, root, branches }: MindMap): string {
  const lines = branches.flatMap(({ name, note, isTestable, leaves }) => [
    isTestable ? `  ${name}` : `  ${name} (cannot be tested here: ${note})`,
    ...leaves.map(({ text, verdict, effect }) => `    ${SIGNS[verdict].sign} ${text} ${verdict}, ${effect}`),
  ]);
  return [title, root, ...lines].join("\n");
}
