/** One prompt: what a router says (higher is stronger) and how good either model's answer was. */
export interface RoutedPrompt {
  readonly score: number;
  readonly weak: number;
  readonly strong: number;
}

/** RouteLLM's measures (arXiv 2406.18665). NaN when the strong model is no better than the weak one. */
export interface RoutingGain {
  /** Area under the recovered share of the quality gap over the share of strong calls, exact; random is 0.5. */
  readonly apgr: number;
  /** Least share of strong calls, 0..1, that recovers half of the gap. */
  readonly cpt50: number;
  readonly cpt80: number;
}

interface CurvePoint {
  readonly share: number;
  readonly quality: number;
}

/** Measures a ranking of prompts. Ties share what they gain, in a straight line. */
export function measureRouting(prompts: readonly RoutedPrompt[]): RoutingGain {
  const points = curveOf(prompts);
  const weak = points[0]?.quality ?? 0;
  const gap = (points.at(-1)?.quality ?? 0) - weak;
  if (gap <= 0) return { apgr: Number.NaN, cpt50: Number.NaN, cpt80: Number.NaN };
  let area = 0;
  for (const [at, { share, quality }] of points.entries()) {
    const before = points[at - 1];
    if (before) area += ((share - before.share) * (quality + before.quality)) / 2;
  }
  return {
    apgr: (area - weak) / gap,
    cpt50: shareReaching(points, weak + 0.5 * gap),
    cpt80: shareReaching(points, weak + 0.8 * gap),
  };
}

/** Mean quality when the prompts of the highest scores go to the strong model, from none to all. */
function curveOf(prompts: readonly RoutedPrompt[]): CurvePoint[] {
  const sorted = prompts.toSorted((a, b) => b.score - a.score);
  let quality = sorted.reduce((sum, { weak }) => sum + weak, 0);
  const points = [{ share: 0, quality: quality / sorted.length }];
  for (const [at, { score, weak, strong }] of sorted.entries()) {
    quality += strong - weak;
    if (sorted[at + 1]?.score === score) continue;
    points.push({ share: (at + 1) / sorted.length, quality: quality / sorted.length });
  }
  return points;
}

function shareReaching(points: readonly CurvePoint[], quality: number): number {
  const at = points.findIndex((point) => point.quality >= quality);
  const [before, after] = [points[at - 1], points[at]];
  if (!after) return 1;
  if (!before) return after.share;
  const part = (quality - before.quality) / (after.quality - before.quality);
  return before.share + part * (after.share - before.share);
}
