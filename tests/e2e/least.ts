/** What 07 does besides its maps takes longest and changes no artifact: one run does all of it, the others little. */
export const LITTLE: Record<string, number> = { resamples: 1, checkRows: 60 };

/** Parameters with which notebooks take every step and repeat none more often than they must. */
export const LEAST: Record<string, number> = {
  ...LITTLE,
  nTrees: 30,
  highestK: 9,
  refits: 3,
  draws: 40,
};
