import type { AnswerJobWork } from '@waybill/contracts';

/** A server takes 1 MiB unless told otherwise; the endings of some 900 pages are as long. */
const longestBytes = 524_288;

/** The work as a message, of half a MiB at most. Endings of many pages stay where they are, in the event stream. */
export function answerJobText(work: AnswerJobWork): string {
  const text = JSON.stringify(work);
  if (Buffer.byteLength(text) <= longestBytes) return text;
  return JSON.stringify({ ...work, pages: [], pagesAt: 'events' } satisfies AnswerJobWork);
}
