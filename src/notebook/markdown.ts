import { display } from "./display.js";

/**
 * Shows prose with computed numbers. Markdown works, HTML does not: tags appear as text.
 * @param text - markdown; pass what comes from data through `escapeMarkdown`.
 */
export function showMarkdown(text: string): void {
  display({ data: { "text/markdown": withoutHtml(text), "text/plain": text } });
}

/** Text from data for use in markdown, where it shows as it is: no emphasis, link, table cell or tag. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+!|~>-]/g, "\\$&")
    .replace(/[&<$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** What a browser could take for a tag, as text; "p < 0.05" stays untouched. */
function withoutHtml(text: string): string {
  return text.replace(/<(?=[a-z/!?])/gi, "&lt;");
}
