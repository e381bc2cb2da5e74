import { escapeHtml, formatNumber } from "../../format.js";
import type { Cell } from "../../types.js";

/** HTML that is safe to insert as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: markup as it is, everything else escaped. */
export type Inserted = string | number | Markup | readonly Markup[];

/** A template whose insertions are escaped unless they are markup, so that no text from a table can become any. */
export function html(strings: TemplateStringsArray, ...values: readonly Inserted[]): Markup {
  let text = strings[0]!;
  values.forEach((value, i) => {
    text += written(value) + strings[i + 1]!;
  });
  return new Markup(text);
}

export const nothing: Markup = new Markup("");

function written(value: Inserted): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return escapeHtml(String(value));
}

const LONG_TEXT = 80;

/** A measure as a reader expects it; a dash for none, powers of ten where digits would run on. */
export function measure(value: number | null): string {
  if (value === null) return "–";
  const size = Math.abs(value);
  return size >= 1e12 || (size > 0 && size < 1e-6) ? value.toExponential(3) : formatNumber(value);
}

/** A cell of a table; numbers without separators, since they may be codes. */
export function cell(value: Cell): Markup {
  if (value === null) return html`<i class="none">missing</i>`;
  if (value === "") return html`<i class="none">empty</i>`;
  const text = String(value);
  return html`${text.length > LONG_TEXT ? `${text.slice(0, LONG_TEXT)}…` : text}`;
}

/** A table that scrolls by itself when the page is narrow. @param label - what it is, for those who do not see it. */
export function table(
  label: string,
  heads: readonly Inserted[],
  rows: readonly (readonly Inserted[])[],
): Markup {
  const head = heads.map((text) => html`<th scope="col">${text}</th>`);
  const body = rows.map((row) => html`<tr>${row.map((text) => tableCell(text))}</tr>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function tableCell(text: Inserted): Markup {
  return typeof text === "string" && /^[-−\d–]/.test(text)
    ? html`<td class="number">${text}</td>`
    : html`<td>${text}</td>`;
}
