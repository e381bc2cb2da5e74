import { escapeHtml } from "#src/format.js";

/** Attributes of an element. */
export type Attributes = Readonly<Record<string, string | number>>;

/** An SVG element; text is escaped, numbers lose what nobody can see. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const pairs = Object.entries(attributes).map(([key, value]) => {
    const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    return ` ${key}="${escapeHtml(text)}"`;
  });
  return children.length === 0
    ? `<${name}${pairs.join("")}/>`
    : `<${name}${pairs.join("")}>${children.join("")}</${name}>`;
}

/** Text at a place. */
export function text(content: string, x: number, y: number, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeHtml(content));
}

/** A line through points. */
export function polyline(points: readonly (readonly [number, number])[], attributes: Attributes): string {
  const places = points.map(([x, y]) => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`);
  return element("polyline", { points: places.join(" "), fill: "none", ...attributes });
}

/** Words in lines of at most so many characters; a longer word has a line of its own. */
export function wrap(content: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of content.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
