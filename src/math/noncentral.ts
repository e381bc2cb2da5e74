import { chiSquareTails, requireDegrees } from "./incomplete-gamma.js";
import { stirlingError } from "./log-gamma.js";
import { normalCdf } from "./normal.js";
import { gaussLegendre } from "./quadrature.js";
import type { Tails } from "./root.js";

/** Parts of the integral, each of 16 nodes: more where few degrees of freedom bend the density at zero. */
const [PANELS, PANELS_OF_FEW, MOST_PANELS] = [8, 32, 60];
/** Standard deviations of the root of chi-square / df that are integrated over, to either side. */
const REACH = 12;
const nodes: readonly [number, number][] = gaussLegendre(16);

/**
 * Chances that a noncentral t lies at most at `t`, and above it: of (normal + shift) / sqrt(chi-square / df), summed
 * over the root. Absolute error about 1e-14.
 * @see Johnson, Kotz & Balakrishnan 1995, Continuous Univariate Distributions 2, ch. 31; equals scipy.stats.nct.
 */
export function noncentralStudentTails(t: number, df: number, shift: number): Tails {
  requireDegrees("noncentralStudentTails", df);
  const spread = REACH / Math.sqrt(2 * df);
  const from = Math.max(0, 1 - spread);
  // And the more, the faster the normal chance changes over the root.
  const steep = Math.ceil((4 * Math.abs(t)) / Math.sqrt(2 * df));
  const panels = Math.min(MOST_PANELS, (df < 30 ? PANELS_OF_FEW : PANELS) + steep);
  const width = (1 + spread - from) / panels;
  // The weights sum to 1 by themselves but for what lies beyond; dividing by their sum needs no gamma function.
  const logDensity = (root: number): number => (df - 1) * Math.log(root) - (df * (root - 1) * (root + 1)) / 2;
  let [below, above, all] = [0, 0, 0];
  for (let panel = 0; panel < panels; panel++)
    for (const [node, weight] of nodes) {
      const root = from + (panel + (node + 1) / 2) * width;
      const share = weight * Math.exp(logDensity(root));
      all += share;
      below += share * normalCdf(t * root - shift);
      above += share * normalCdf(shift - t * root);
    }
  return { below: below / all, above: above / all };
}

/**
 * Chances that a noncentral chi-square lies at most at `x`, and above it: central ones with 2 j more degrees of
 * freedom, j a Poisson count of mean shift / 2. Absolute error about 1e-13.
 * @see Johnson, Kotz & Balakrishnan 1995, ch. 29; equals scipy.stats.ncx2.
 */
export function noncentralChiSquareTails(x: number, df: number, shift: number): Tails {
  requireDegrees("noncentralChiSquareTails", df);
  const mean = shift / 2;
  if (mean === 0) return chiSquareTails(x, df);
  const reach = 9 * Math.sqrt(mean) + 30;
  let [below, above] = [0, 0];
  for (let j = Math.max(0, Math.floor(mean - reach)); j <= mean + reach; j++) {
    const tails = chiSquareTails(x, df + 2 * j);
    below += poisson(j, mean) * tails.below;
    above += poisson(j, mean) * tails.above;
  }
  return { below, above };
}

function poisson(count: number, mean: number): number {
  if (count === 0) return Math.exp(-mean);
  const exponent = count * Math.log(mean / count) - (mean - count);
  return Math.exp(exponent - stirlingError(count)) / Math.sqrt(2 * Math.PI * count);
}
