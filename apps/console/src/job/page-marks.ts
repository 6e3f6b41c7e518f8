import type { ExtractedField, GuardrailFinding, PageLayout } from '@waybill/contracts';
import { nameOfFinding, whatFollowed } from './tell-guardrails.js';

export const layers = ['words', 'blocks', 'tables', 'fields', 'guarded'] as const;
export type Layer = (typeof layers)[number];
export type Certainty = 'sure' | 'likely' | 'doubtful';

/** A box to be drawn, in units of the drawing. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly certainty: Certainty;
  readonly title: string;
  /** Of a field: where it is in its document's answer. Of a finding: its name. */
  readonly path?: string;
}

const longSide = 1_000;

/** Green from .9, amber from .6, else red: as in the overlays of the API. */
export const certaintyOf = (confidence: number): Certainty =>
  confidence >= 0.9 ? 'sure' : confidence >= 0.6 ? 'likely' : 'doubtful';

/** Of the drawing; its longer side is the same for all pages. */
export function drawingSize({ width, height }: Pick<PageLayout, 'width' | 'height'>): {
  width: number;
  height: number;
} {
  const scale = longSide / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

type Box = readonly [number, number, number, number] | readonly number[];

/** A finding on the page, with its place in the report of its document. */
export interface NumberedFinding {
  readonly index: number;
  readonly finding: GuardrailFinding;
}

/** The marks of each layer; boxes of the layout are 0..1 of the page, origin top left. */
export function marksOf(
  layout: PageLayout,
  fields: readonly ExtractedField[],
  findings: readonly NumberedFinding[] = [],
): Readonly<Record<Layer, Mark[]>> {
  const size = drawingSize(layout);
  const mark = ([x0 = 0, y0 = 0, x1 = 0, y1 = 0]: Box, confidence: number, title: string): Mark => ({
    x: x0 * size.width,
    y: y0 * size.height,
    width: Math.max(0, x1 - x0) * size.width,
    height: Math.max(0, y1 - y0) * size.height,
    certainty: certaintyOf(confidence),
    title: `${title} (${confidence.toFixed(2)})`,
  });
  return {
    words: layout.words.map(({ box, confidence, text }) => mark(box, confidence, text)),
    blocks: layout.blocks.map(({ box, confidence, kind }) => mark(box, confidence, kind)),
    tables: layout.tables.flatMap(({ box, confidence, rows, columns, cells }) => [
      mark(box, confidence, `table, ${rows} × ${columns}`),
      ...cells.map((cell) => mark(cell.box, cell.confidence ?? confidence, `cell: ${cell.text}`)),
    ]),
    fields: fields.flatMap(({ boxes, confidence, path, value }) =>
      boxes.map((box) => ({ ...mark(box, confidence, `${path.slice(1)} = ${value}`), path })),
    ),
    guarded: findings.flatMap(({ index, finding }) =>
      (finding.boxes ?? []).map((box) => ({
        ...mark(box, finding.score, `${finding.kind}: ${whatFollowed(finding)}`),
        path: nameOfFinding(index),
      })),
    ),
  };
}
