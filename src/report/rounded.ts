/** To three decimals: what is behind them is noise. */
export function rounded(n: number): number {
  return Math.round(n * 1000) / 1000
}
