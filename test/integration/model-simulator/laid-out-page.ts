import { pageReadSchema, type PageRead } from '@waybill/contracts';
import { layOutPage } from '@waybill/document-layout';
import type { ReadPage } from '@waybill/llm-routing';

const image = { bucket: 'documents', key: 'page', sizeBytes: 1, sha256: '0'.repeat(64) };
const size = { width: 600, height: 800, unit: 'px', dpi: null, rotation: 0 } as const;

/** A page with these lines, as the ocr service tells of it. */
export function laidOutPage(
  page: number,
  lines: readonly string[],
  classification?: PageRead['summary']['classification'],
): ReadPage {
  const layout = layOutPage({
    ...{ ...size, document: 0, page, skewDegrees: 0, source: 'ocr', languages: [], remarks: [] },
    engine: { name: 'test', version: '1' },
    words: lines.flatMap((line, row) =>
      [...line.matchAll(/\S+/g)].map((match) => ({
        text: match[0],
        box: [10 + match.index * 6, 20 + row * 20, 10 + (match.index + match[0].length) * 6, 32 + row * 20],
        confidence: 0.95,
      })),
    ),
  });
  const read = pageReadSchema.parse({
    ...{ version: 1, type: 'page-read', tenant: 'acme', jobId: 'job_1', at: '2026-01-01T00:00:00.000Z' },
    ...{ document: 0, page, layout: image, image, attempts: 1, times: {} },
    summary: {
      ...{ ...size, source: 'ocr', engine: 'test', words: layout.words.length, confidence: 0.95 },
      ...(classification ? { classification } : {}),
    },
  });
  return { read, layout };
}
