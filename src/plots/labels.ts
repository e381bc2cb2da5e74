/** Entities that plotly turns back into characters; without them `<b>` in a label would be markup. */
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text from data as plotly shows it letter by letter, without the markup plotly knows. */
export function plainLabel(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character]!);
}

/** A label broken between words into lines of about `width` characters, at most `maxLines` of them. */
export function wrapLabel(text: string, width = 20, maxLines = 3): string {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.length > width * 2 ? `${word.slice(0, width * 2 - 1)}…` : word);
  }
  if (lines.length > maxLines) {
    lines.length = maxLines;
    lines[maxLines - 1] += " …";
  }
  return lines.map(plainLabel).join("<br>");
}
