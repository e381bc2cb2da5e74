import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { escapeHtml } from "../format.js";
import type { Figure } from "../plots/figure.js";
import { type Bundle, display, isReport } from "./display.js";
import { styled } from "./output-style.js";
import { plotlyScript } from "./plotly-library.js";

const DEFAULT_HEIGHT = 320;
/** What draws the figures of a page: a script, the same for all of them. */
export const drawFigures: string = readFileSync(
  new URL("../../src/notebook/draw-figures.js", import.meta.url),
  "utf8",
).trimEnd();

let count = 0;

/** Shows a figure with its finding above and its reading aid below. */
export function showFigure(figure: Figure): void {
  display(figureBundle(figure));
}

/**
 * The output of a figure. The first one of a session brings plotly.js along, unless a report will.
 * Titles are HTML, not part of the drawing: they wrap on a narrow page.
 */
export function figureBundle(figure: Figure): Bundle {
  const { data, layout, title, subtitle, caption, alt, height = DEFAULT_HEIGHT } = figure;
  const json = JSON.stringify({ data, layout });
  const hash = createHash("sha256").update(json).update(title).digest("hex").slice(0, 8);
  const library = count === 0 && !isReport() ? `${plotlyScript()}\n` : "";
  count += 1;
  const html = `<figure class="insiders-figure" id="figure-${count}-${hash}">
<p class="insiders-figure-title">${escapeHtml(title)}</p>
<p class="insiders-figure-subtitle">${escapeHtml(subtitle)}</p>
<div class="insiders-plot" role="img" aria-label="${escapeHtml(alt)}" data-state="new" style="height:${Math.round(height)}px">${escapeHtml(alt)}</div>
<figcaption>${escapeHtml(caption)}</figcaption>
<script type="application/json">${json.replaceAll("<", "\\u003c")}</script>
${library}<script>
${drawFigures}
</script>
</figure>`;
  return { data: { "text/html": styled(html), "text/plain": `${title}\n${alt}` } };
}
