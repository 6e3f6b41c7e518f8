import type { Box } from '@waybill/contracts';
import type { z } from 'zod';
import type { HostedPhrase, HostedReading, HostedWord, Point } from '../hosted/hosted-reader.js';
import { topEdgeOf } from '../hosted/polygon-box.js';
import type { Block, textractAnswerSchema } from './textract-answer.js';

/** Marks of check boxes, as they are for every other engine. */
const marks: Record<string, string> = { SELECTED: '☒', NOT_SELECTED: '☐' };

/** The graph of blocks in one shape. Boxes are shares of the page already; confidences are 0..100. */
export function textractReading({ DocumentMetadata, Blocks }: z.infer<typeof textractAnswerSchema>): HostedReading {
  const blocks = new Map(Blocks.map((block) => [block.Id, block]));
  const related = ({ Relationships }: Block, type: string): Block[] =>
    (Relationships ?? [])
      .filter(({ Type }) => Type === type)
      .flatMap(({ Ids }) => Ids.flatMap((id) => blocks.get(id) ?? []));
  const ofType = (type: string): Block[] => Blocks.filter(({ BlockType }) => BlockType === type);

  const phraseOf = (block: Block): HostedPhrase => ({
    text: related(block, 'CHILD')
      .map(({ Text, SelectionStatus = '' }) => Text ?? marks[SelectionStatus] ?? '')
      .join(' '),
    box: boxOf(block),
  });
  return {
    words: [...ofType('WORD'), ...ofType('SELECTION_ELEMENT')].map(wordOf),
    tables: ofType('TABLE').map((table) => {
      const merged = related(table, 'MERGED_CELL');
      const covered = new Set(merged.flatMap((cell) => related(cell, 'CHILD').map(({ Id }) => Id)));
      const cells = related(table, 'CHILD').filter(({ BlockType, Id }) => BlockType === 'CELL' && !covered.has(Id));
      return [...cells, ...merged].map((cell) => ({ box: boxOf(cell) }));
    }),
    pairs: ofType('KEY_VALUE_SET')
      .filter(({ EntityTypes }) => EntityTypes?.includes('KEY'))
      .flatMap((key) =>
        related(key, 'VALUE')
          .map((value) => ({ key: phraseOf(key), value: phraseOf(value), confidence: (key.Confidence ?? 0) / 100 }))
          .filter(({ value }) => value.text !== ''),
      ),
    billedUnits: DocumentMetadata.Pages,
    remarks: [],
  };
}

function wordOf(block: Block): HostedWord {
  const corners = (block.Geometry?.Polygon ?? []).map(({ X, Y }): Point => [X, Y]);
  const topEdge = block.BlockType === 'WORD' ? topEdgeOf(corners) : undefined;
  return {
    text: block.Text ?? marks[block.SelectionStatus ?? ''] ?? '',
    box: boxOf(block),
    confidence: (block.Confidence ?? 0) / 100,
    ...(topEdge ? { topEdge } : {}),
  };
}

function boxOf({ Geometry }: Block): Box {
  const { Left, Top, Width, Height } = Geometry?.BoundingBox ?? { Left: 0, Top: 0, Width: 0, Height: 0 };
  return [Left, Top, Left + Width, Top + Height];
}
