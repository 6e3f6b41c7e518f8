import type { JobId, SubmissionInput, Tenant } from '@waybill/contracts';
import sharp from 'sharp';

/** One job of the workload: what is submitted, and how many pages its document has. */
export interface WorkloadJob {
  readonly id: JobId;
  readonly pages: number;
  readonly submission: SubmissionInput;
}

/** A small repeatable source of chance (mulberry32), uniform in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A blank picture; single-page jobs differ from each other only in their id. */
const blankPng = (): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: 'white' } })
    .png()
    .toBuffer();

/** A minimal PDF of blank pages, written by hand so that the tests depend on no PDF writer. */
export function blankPdf(pages: number): Buffer {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 3} 0 R`).join(' ');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages}>>`,
    ...Array.from({ length: pages }, () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>'),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + trailer, 'latin1');
}

/** `count` small jobs of one to four pages, the same for the same seed. */
export async function makeWorkload(tenant: Tenant, count: number, seed: number): Promise<WorkloadJob[]> {
  const random = seededRandom(seed);
  const png = await blankPng();
  const pdfs = new Map([2, 3, 4].map((pages) => [pages, blankPdf(pages)]));
  return Array.from({ length: count }, (_, index) => {
    const pages = random() < 0.6 ? 1 : 2 + Math.floor(random() * 3);
    const bytes = pdfs.get(pages) ?? png;
    const id = `fault-${seed}-${index}` as JobId;
    const kind = random() < 0.5 ? ('read' as const) : ('extract' as const);
    const submission: SubmissionInput = {
      id,
      tenant,
      documents: [{ inline: bytes.toString('base64') }],
      task: { kind },
    };
    return { id, pages, submission };
  });
}
