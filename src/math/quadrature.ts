/**
 * Nodes in (-1, 1) and weights that integrate polynomials of degree up to 2 `count` - 1 exactly.
 * @see Abramowitz & Stegun 25.4.29; equals numpy.polynomial.legendre.leggauss.
 */
export function gaussLegendre(count: number): [node: number, weight: number][] {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`gaussLegendre needs a positive whole number of nodes, got ${count}`);
  return Array.from({ length: count }, (_, i) => {
    let node = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < 20; step++) {
      let previous = 0;
      let value = 1;
      for (let degree = 1; degree <= count; degree++)
        [previous, value] = [value, ((2 * degree - 1) * node * value - (degree - 1) * previous) / degree];
      slope = (count * (previous - node * value)) / (1 - node * node);
      const change = value / slope;
      node -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    return [node, 2 / ((1 - node * node) * slope * slope)];
  });
}
