import { type RankCodes, rankCodes, recode } from "../statistics/ranks.js";

/** A column of numbers by the places of its values. */
export interface PlacedNumbers {
  /** The finite values ranked. */
  ranks: RankCodes;
  /** For each row the place of its value among the different ones in ascending order, infinite ones too; -1 for NaN. */
  places: Int32Array;
  /** Rows with -Infinity and Infinity. */
  below: number;
  above: number;
}

/** @param values - in row order; NaN is missing. */
export function placeNumbers(values: Float64Array): PlacedNumbers {
  const ranks = rankCodes(values);
  let [below, above] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (values[row] === Infinity) above++;
    else if (values[row] === -Infinity) below++;
  }
  const isBounded = below + above === 0;
  return { ranks, places: isBounded ? ranks.codes : placesOf(values, ranks), below, above };
}

/**
 * `placeNumbers` of rows whose values are told by codes.
 * @param meant - what each code means; several may mean the same.
 * @param times - how often each code occurs.
 */
export function placeCodedNumbers(meant: Float64Array, times: Int32Array, codes: Int32Array): PlacedNumbers {
  const { ranks, places } = placeNumbers(meant);
  const counts = new Float64Array(ranks.size);
  let [below, above] = [0, 0];
  for (let code = 0; code < meant.length; code++) {
    const rank = ranks.codes[code]!;
    if (rank >= 0) counts[rank]! += times[code]!;
    else if (meant[code] === Infinity) above += times[code]!;
    else if (meant[code] === -Infinity) below += times[code]!;
  }
  const ranked = recode(codes, ranks.codes);
  return {
    ranks: { ...ranks, codes: ranked, counts },
    places: places === ranks.codes ? ranked : recode(codes, places),
    below,
    above,
  };
}

/** The places of values, infinite ones among them. */
function placesOf(values: Float64Array, { codes, size }: RankCodes): Int32Array {
  return codes.map((code, row) => {
    if (code >= 0) return code + 1;
    if (Number.isNaN(values[row])) return -1;
    return values[row]! < 0 ? 0 : size + 1;
  });
}
