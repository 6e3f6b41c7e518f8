/** US dollars: `$0` for free, four decimals below a dollar so that a page's cost is visible (less than that: two digits), two above. */
export function formatCost(costUsd: number | undefined | null): string {
  if (costUsd === undefined || costUsd === null) return '–';
  if (costUsd === 0) return '$0';
  if (costUsd < 0.0001) return `$${costUsd.toFixed(12).replace(/(\.0*[1-9]\d?).*/, '$1')}`;
  return costUsd < 1 ? `$${costUsd.toFixed(4)}` : `$${costUsd.toFixed(2)}`;
}
