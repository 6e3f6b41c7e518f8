import type { ModerationSubject, Moderator } from '@waybill/guardrails';
import { ConfigurationError } from '@waybill/platform';
import { z } from 'zod';
import type { ModeratorWire } from '../moderation/moderator-wire.js';
import { postJson, unavailable } from '../moderation/post-json.js';

const answerSchema = z.object({
  findings: z.array(
    z.object({
      category: z.string().min(1),
      score: z.number().min(0).max(1),
      page: z.number().int().positive().optional(),
    }),
  ),
});
const title = 'The HTTP classifier';

/**
 * Any classifier behind HTTP: `POST {"texts": [], "pictures": [{"page", "mediaType", "base64"}]}` is answered by
 * `{"findings": [{"category", "score", "page"?}]}`.
 */
export function httpClassifier(wire: ModeratorWire): Moderator {
  if (wire.url === undefined) {
    throw new ConfigurationError('moderators.http-classifier.url is missing; write the address that takes documents.');
  }
  const url = new URL(wire.url);
  const headers: Record<string, string> = wire.secret === undefined ? {} : { authorization: `Bearer ${wire.secret}` };
  return {
    id: 'http-classifier',
    async moderate({ texts, pictures }: ModerationSubject, signal: AbortSignal) {
      const sent = pictures.map(({ page, bytes }) => ({
        ...{ page, mediaType: 'image/jpeg', base64: Buffer.from(bytes).toString('base64') },
      }));
      const body = { texts, pictures: sent };
      const answer = await postJson({ moderator: title, url, headers, body, timeoutMs: wire.timeoutMs, signal });
      const parsed = answerSchema.safeParse(answer);
      if (!parsed.success) throw unavailable(title, 'its answer has no findings');
      return parsed.data.findings
        .filter(({ score }) => score >= wire.least)
        .map(({ category: kind, score, page }) => ({ kind, score, ...(page === undefined ? {} : { page }) }));
    },
  };
}
