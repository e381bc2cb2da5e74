/** A purchase or return that may belong to a cancelled sale. */
export interface SaleLine {
  row: number;
  /** Lines of the same customer, stock code, number of units and price share a key. */
  key: number;
  /** Seconds since 1970. */
  invoicedAt: number;
  isReturn: boolean;
}

/** A return and the purchase it undoes. */
export interface CancelledSale {
  purchaseRow: number;
  returnRow: number;
}

/**
 * Which return cancels which purchase: one to one, of the same key, the purchase not later than the return.
 *
 * Returns are served in order of time and take the latest purchase still free, rows deciding between equal
 * times. A purchase open to a return is open to every later one, so no other choice makes more pairs.
 * @returns pairs in order of their returns' keys and times.
 */
export function matchCancelledSales(lines: readonly SaleLine[]): CancelledSale[] {
  const ordered = [...lines].sort(
    (a, b) =>
      a.key - b.key ||
      a.invoicedAt - b.invoicedAt ||
      Number(a.isReturn) - Number(b.isReturn) ||
      a.row - b.row,
  );
  const pairs: CancelledSale[] = [];
  let open: number[] = [];
  let key: number | undefined;
  for (const line of ordered) {
    if (line.key !== key) open = [];
    key = line.key;
    if (!line.isReturn) {
      open.push(line.row);
      continue;
    }
    const purchaseRow = open.pop();
    if (purchaseRow !== undefined) pairs.push({ purchaseRow, returnRow: line.row });
  }
  return pairs;
}
