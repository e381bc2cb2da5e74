import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** plotly.js for the chart types of this package, as a script element that defines it once a page. */
export function plotlyScript(): string {
  const path = createRequire(import.meta.url).resolve("plotly.js/dist/plotly-cartesian.min.js");
  // A page with a module loader (AMD `define`, CommonJS) must not catch it: figures look for window.Plotly.
  return `<script class="insiders-plotly-library">
(function () {
if (window.Plotly) return;
var module, exports, define;
${readFileSync(path, "utf8").replaceAll("</script", "<\\/script")}
delete window.moduleName;
})();
</script>`;
}
