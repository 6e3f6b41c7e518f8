import { findGutter } from './find-gutter.js';
import type { PageMeasure, Segment } from './gather-segments.js';
import { middleOf } from './extent.js';

const deepestCut = 8;

/**
 * Cuts a page into regions in reading order: text that stands in columns is read column by column. Gaps inside tables,
 * forms and receipts are no gutters, because what stands beside them is not running text.
 */
export function cutColumns(segments: readonly Segment[], measure: PageMeasure, depth = 0): Segment[][] {
  if (segments.length === 0) return [];
  const gutter = depth < deepestCut ? findGutter(segments, measure) : undefined;
  if (!gutter) return [[...segments]];
  const middle = (gutter.x0 + gutter.x1) / 2;
  const isAbove = (segment: Segment): boolean => middleOf(segment) < gutter.y0;
  const isBelow = (segment: Segment): boolean => middleOf(segment) > gutter.y1;
  const beside = segments.filter((segment) => !isAbove(segment) && !isBelow(segment));
  const parts = [
    segments.filter(isAbove),
    beside.filter((segment) => segment.x0 < middle),
    beside.filter((segment) => segment.x0 >= middle),
    segments.filter(isBelow),
  ];
  return parts.flatMap((part) => cutColumns(part, measure, depth + 1));
}
