import { formatNumber, formatPercent } from "../format.js";

/** A share as a percentage in which little is told from nothing, and nearly all from all: "<0.1%", ">99.9%". */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1%";
  if (share < 1 && share >= 0.9995) return ">99.9%";
  return formatPercent(share);
}

/** A count of things: "1 row", "1,234 rows". */
export function counted(count: number, thing: string): string {
  return `${formatNumber(count)} ${thing}${count === 1 ? "" : "s"}`;
}
