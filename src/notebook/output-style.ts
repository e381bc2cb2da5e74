import { isReport } from "./display.js";

/** Looks of our outputs inside JupyterLab and VS Code, light or dark; a report has a style sheet of its own. */
const STYLE = `<style>
.insiders-figure{margin:0;max-width:56rem}
.insiders-figure p,.insiders-figure figcaption,.insiders-note,.insiders-record{margin:0 0 .25em;line-height:1.45}
.insiders-figure-title{font-weight:600;font-size:1.1em}
.insiders-figure-subtitle,.insiders-figure figcaption,.insiders-note,.insiders-unit{opacity:.75}
.insiders-table{overflow-x:auto}
.insiders-table table{border-collapse:collapse;margin:0}
.insiders-table caption{text-align:left;font-weight:600;padding:0 0 .4em}
.insiders-table th,.insiders-table td{text-align:left;padding:.3em .7em;border-bottom:1px solid rgba(128,128,128,.25)}
.insiders-table .insiders-number{text-align:right;font-variant-numeric:tabular-nums}
.insiders-table tbody th,.insiders-table tbody td{white-space:nowrap}
.insiders-table tbody .insiders-long{min-width:12em;white-space:normal}
.insiders-unit{font-weight:400;margin-left:.3em}
.insiders-record strong{font-size:1.3em;margin-left:.4em}
</style>`;

/** HTML of an output with what it needs to look right where it is shown. */
export function styled(html: string): string {
  return isReport() ? html : `${STYLE}\n${html}`;
}
