/** Anything JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A plotly trace or layout as plain data. plotly.js itself is needed only where a figure is drawn. */
export type PlotlyObject = { readonly [property: string]: Json };

/** One series of marks. */
export type Trace = PlotlyObject & { readonly type: string };

/** A figure as data, with the words a reader needs. */
export interface Figure {
  data: readonly Trace[];
  layout: PlotlyObject;
  /** The finding, with its number. */
  title: string;
  /** What is shown, how many, and of which period. */
  subtitle: string;
  /** How to read it, and one caveat. */
  caption: string;
  /** What the figure shows, for those who cannot see it. */
  alt: string;
  /** Height of the drawing area in pixels; the width is the page's. */
  height?: number;
}

/** The words that every chart needs from its caller. A chart writes its own `alt` where none is given. */
export interface FigureText {
  title: string;
  subtitle: string;
  caption: string;
  alt?: string | undefined;
}

/** True when a value has what a figure needs, whichever copy of this package made it. */
export function isFigure(value: unknown): value is Figure {
  if (typeof value !== "object" || value === null) return false;
  const { data, layout, title, subtitle, caption, alt } = value as Partial<Record<keyof Figure, unknown>>;
  const isObject = typeof layout === "object" && layout !== null;
  return (
    Array.isArray(data) && isObject && [title, subtitle, caption, alt].every((t) => typeof t === "string")
  );
}
