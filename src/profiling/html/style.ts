/** Colours by theme; blue and orange of Okabe & Ito, lighter on dark ground. */
const LIGHT =
  "--ink:#1b1f24;--soft:#57606a;--ground:#fff;--panel:#f6f8fa;--line:#d0d7de;--plus:#0072b2;--minus:#d55e00;--warn:#9a3b00";
const DARK =
  "--ink:#e6edf3;--soft:#9da7b1;--ground:#0d1117;--panel:#161b22;--line:#30363d;--plus:#56b4e9;--minus:#e69f00;--warn:#ffb77c";

/** Every rule starts at the profile's own element, so that nothing of the page around it changes. */
const RULES: Record<string, string> = {
  "": "color:var(--ink);background:var(--ground);font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere;text-align:left",
  "*": "box-sizing:border-box",
  h1: "font-size:1.6rem;line-height:1.2;margin:0 0 .5rem;color:inherit",
  h2: "font-size:1.25rem;margin:2rem 0 .5rem;padding-top:.5rem;border-top:1px solid var(--line);color:inherit",
  h3: "font-size:1.05rem;margin:1rem 0 .25rem;color:inherit",
  ".variable>h3": "margin-top:0",
  ul: "margin:.25rem 0;padding-left:1.25rem",
  h4: "font-size:.9rem;margin:1rem 0 .25rem;color:inherit",
  p: "margin:.25rem 0 .75rem",
  a: "color:var(--plus)",
  nav: "display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.5rem 0 1rem",
  ".soft,.none,figcaption": "color:var(--soft)",
  ".tiles": "display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.5rem;margin:0",
  ".tiles div": "background:var(--panel);border-radius:6px;padding:.4rem .6rem",
  ".tiles dt": "font-size:.8rem;color:var(--soft)",
  ".tiles dd": "margin:0;font-weight:600;font-variant-numeric:tabular-nums",
  ".variable": "border:1px solid var(--line);border-radius:8px;padding:.75rem;margin:.75rem 0",
  ".columns": "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1rem",
  ".columns>*": "min-width:0",
  figure: "margin:.5rem 0;min-width:0",
  figcaption: "font-size:.8rem",
  svg: "display:block;width:100%;height:9rem;background:var(--panel);border-radius:4px",
  ".plot": "max-width:26rem",
  ".plane": "height:auto;aspect-ratio:4/3",
  ".axis": "display:flex;justify-content:space-between;gap:1rem;font-size:.75rem;color:var(--soft)",
  ".scroll": "overflow-x:auto;max-width:100%",
  table: "border-collapse:collapse;font-size:.85rem;margin:.25rem 0;background:none;width:auto;color:inherit",
  "th,td":
    "padding:.15rem .5rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:normal;max-width:28rem;background:none;color:inherit",
  ".number": "text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap",
  ".heat td": "text-align:center;min-width:3.2rem;font-variant-numeric:tabular-nums",
  ".heat th": "max-width:12rem;overflow-wrap:break-word",
  ".heat tbody th": "position:sticky;left:0;background:var(--ground)",
  ".bar": "display:inline-block;height:.7em;background:var(--plus);min-width:1px",
  ".track": "width:6rem",
  ".warning": "color:var(--warn);font-weight:600",
  details: "margin:.5rem 0",
  summary: "cursor:pointer;color:var(--plus)",
  "a:focus-visible,summary:focus-visible,.scroll:focus-visible":
    "outline:2px solid var(--plus);outline-offset:2px",
};

const ROOT = ".insiders-profile";

/** The style sheet of a profile. */
export const PROFILE_STYLE: string = [
  `${ROOT}{${LIGHT};color-scheme:light}`,
  `@media(prefers-color-scheme:dark){${ROOT}{${DARK};color-scheme:dark}}`,
  `[data-jp-theme-light="true"] ${ROOT}{${LIGHT};color-scheme:light}`,
  `[data-jp-theme-light="false"] ${ROOT}{${DARK};color-scheme:dark}`,
  ...Object.entries(RULES).map(([selectors, rules]) => `${scoped(selectors)}{${rules}}`),
].join("\n");

function scoped(selectors: string): string {
  return selectors
    .split(",")
    .map((selector) => `${ROOT} ${selector}`.trim())
    .join(",");
}
