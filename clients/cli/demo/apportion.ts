/** Whole shares of a total in proportion to the weights, by largest remainder: they add up exactly. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((share, at) => ({ at, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder.slice(0, left)) shares[at]!++;
  return shares;
}

/**
 * So many sizes with this exact sum, largest first, spread as a log-normal distribution: many small, few large.
 * Taken at its quantiles, not drawn, so that the shape does not hang on luck.
 */
export function heavyTailed(count: number, total: number, spread: number): number[] {
  const quantiles = Array.from({ length: count }, (_, at) => 1 - (at + 0.5) / count);
  return apportion(
    total,
    quantiles.map((quantile) => Math.exp(spread * normalQuantile(quantile))),
  );
}

/** The standard normal quantile after Abramowitz and Stegun 26.2.23; its error, below 0.00045, is nothing here. */
function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return above / below - t;
}
