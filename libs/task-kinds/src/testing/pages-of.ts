import type { PageRead } from '@waybill/contracts';
import { layOutPage } from '@waybill/document-layout';
import type { GivenAnswer, ReadPage } from '@waybill/llm-routing';
import type { KindSubject } from '../task-kind.js';

type Summary = PageRead['summary'];

/** A page with these lines, laid out as the ocr service does; without lines, a page whose words nobody could read. */
export function pageOf(page: number, lines: readonly string[], differs: Partial<Summary> = {}): ReadPage {
  const words = lines.flatMap((line, row) =>
    [...line.matchAll(/\S+/g)].map((match) => ({
      text: match[0],
      box: [10 + match.index * 6, 20 + row * 20, 10 + (match.index + match[0].length) * 6, 32 + row * 20] as [
        number,
        number,
        number,
        number,
      ],
      confidence: 0.95,
    })),
  );
  const size = {
    width: 600,
    height: Math.max(800, 40 + lines.length * 20),
    unit: 'px',
    dpi: null,
    rotation: 0,
  } as const;
  const layout = layOutPage({
    ...{ document: 0, page, ...size, skewDegrees: 0, source: 'ocr', languages: [], remarks: [] },
    ...{ engine: { name: 'test', version: '1' }, words },
  });
  const read = {
    ...{ version: 1, type: 'page-read', document: 0, page },
    image: { bucket: 'documents', key: `page-${page}`, sizeBytes: 1, sha256: '0'.repeat(64) },
    summary: {
      ...{ ...size, source: 'ocr', engine: 'test', words: words.length },
      ...{ confidence: words.length > 0 ? 0.95 : null, ...differs },
    },
  } as PageRead;
  return { read, layout: words.length > 0 ? layout : undefined };
}

/** What classification says of a page. */
export const seenAs = (
  kind: 'receipt' | 'chart' | 'photo' | 'blank' | 'text',
  confidence: number,
): Partial<Summary> => ({
  classification: {
    ...{ kind, confidence, kinds: [{ kind, probability: confidence }], stage: 'read', version: 1 },
    class: kind === 'photo' ? 'photo' : kind === 'chart' ? 'visual' : 'dense',
  },
});

export const subjectOf = <Asked extends KindSubject['task']>(
  task: Asked,
  pages: readonly ReadPage[],
): Omit<KindSubject, 'task'> & { task: Asked } => ({
  ...{ task, pages, kind: 'text', difficulty: 0.2, fieldFloor: 0.8 },
  fetchPictures: async () => [],
});

/** A model's answer of a predicted quality. */
export const said = (json: unknown, quality = 0.9): GivenAnswer => ({
  answer: { text: JSON.stringify(json), json },
  tier: 1,
  quality,
});
