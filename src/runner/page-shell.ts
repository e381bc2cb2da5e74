import { escapeHtml } from "../format.js";
import { readTemplate } from "./html.js";

/**
 * A whole page in the style of the reports.
 * @param page.policy - the content security policy.
 * @param page.body - markup, in parts.
 * @returns the parts of the file.
 */
export function pageShell(page: { title: string; policy: string; body: readonly string[] }): string[] {
  return [
    `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(page.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${page.policy}">
<style>
${readTemplate("report.css")}</style>
</head>
<body>
`,
    ...page.body,
    "</body>\n</html>\n",
  ];
}
