/**
 * A process that decodes documents as intake and the ocr service do, for a fuzzer that must survive it: one document a
 * message, `{ bytes, name }`, and one answer, `{ outcome, code, says, ms, peakMb }`. `outcome` is `read`, `refused`, or `bug` for
 * an error that nobody has translated. Needs the built project.
 */
import { createHash } from 'node:crypto';
import { DocumentReader, inspectDocument, limitsOf } from '../../dist/libs/documents/src/index.js';
import { StageError } from '../../dist/libs/jobs/src/index.js';
import { loadEnvironment } from '../../dist/libs/platform/src/index.js';

const limits = limitsOf(loadEnvironment());
const pageTimeoutMs = Number(process.env.WAYBILL_PAGE_TIMEOUT_MS);
const reader = new DocumentReader({ threads: 1, limits, pageTimeoutMs });
const { signal } = new AbortController();
const mostPages = 3;

async function decode({ bytes, name }) {
  const { mediaType, pages, read, enclosed = [] } = await inspectDocument(Buffer.from(bytes), limits, signal, { name });
  const source = read ?? { mediaType, bytes: Buffer.from(bytes) };
  const sha256 = createHash('sha256').update(source.bytes).digest('hex');
  const document = {
    sha256,
    mediaType: source.mediaType,
    bytes: await reader.hold({ sha256 }, async () => source.bytes),
  };
  for (let page = 1; page <= Math.min(pages, mostPages); page += 1) await reader.decodePage(document, page, signal);
  return `${mediaType}, ${pages} pages, ${enclosed.length} enclosed`;
}

const megabytes = 1_048_576;
let peakMb = 0;
setInterval(() => (peakMb = Math.max(peakMb, process.memoryUsage.rss() / megabytes)), 50).unref();

process.on('message', async (document) => {
  const startMs = performance.now();
  peakMb = process.memoryUsage.rss() / megabytes;
  const end = await decode(document).then(
    (says) => ({ outcome: 'read', says }),
    (error) =>
      error instanceof StageError
        ? { outcome: 'refused', code: error.failure.code, says: error.message }
        : { outcome: 'bug', says: error?.stack ?? String(error) },
  );
  const rssMb = process.memoryUsage.rss() / megabytes;
  process.send({ ...end, ms: performance.now() - startMs, peakMb: Math.round(Math.max(peakMb, rssMb)) });
});
