import type { CleaningOptions } from "./options.js";

/**
 * The cleaning of the earlier public analyses of the UCI Online Retail data, for comparison with their figures.
 * They left cancelled sales among purchases and returns.
 */
export const priorWorkCleaning: CleaningOptions = {
  repeatedLines: "keep",
  zeroQuantities: "drop",
  priceFloor: 0.04,
  nonProductCodes: [
    {
      reason: "dropped by earlier analyses",
      codes: [
        ...["POST", "D", "DOT", "M", "S", "AMAZONFEE", "m", "DCGSSBOY", "DCGSSGIRL", "PADS", "B", "CRUK"],
      ],
    },
  ],
  droppedCountries: ["European Community", "Unspecified"],
  droppedCustomers: ["16446"],
  largestQuantity: null,
  cancelledSales: "keep",
};
