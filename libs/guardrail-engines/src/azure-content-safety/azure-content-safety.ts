import type { ModerationFinding, ModerationSubject, Moderator } from '@waybill/guardrails';
import { ConfigurationError } from '@waybill/platform';
import { z } from 'zod';
import type { ModeratorWire } from '../moderation/moderator-wire.js';
import { piecesOf, postJson, unavailable } from '../moderation/post-json.js';

const answerSchema = z.object({
  categoriesAnalysis: z.array(z.object({ category: z.string(), severity: z.number().optional() })),
});
const title = 'Azure Content Safety';
const version = '2024-09-01';
/** Severities are 0, 2, 4 and 6. */
const highestSeverity = 6;
/** Characters of one text, by the service's limits. */
const pieceLength = 10_000;

/** Azure AI Content Safety: hate, self-harm, sexual, violence, by severity. https://learn.microsoft.com/azure/ai-services/content-safety */
export function azureContentSafety(wire: ModeratorWire): Moderator {
  if (wire.url === undefined) {
    throw new ConfigurationError(
      'moderators.azure-content-safety.url is missing; write the endpoint of your resource.',
    );
  }
  const headers = { 'ocp-apim-subscription-key': wire.secret ?? '' };
  const ask = async (operation: 'text:analyze' | 'image:analyze', body: unknown, signal: AbortSignal) => {
    const url = new URL(`/contentsafety/${operation}?api-version=${version}`, wire.url);
    const answer = await postJson({ moderator: title, url, headers, body, timeoutMs: wire.timeoutMs, signal });
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) throw unavailable(title, 'its answer is no analysis');
    return parsed.data.categoriesAnalysis
      .map(({ category, severity = 0 }): ModerationFinding => ({ kind: category, score: severity / highestSeverity }))
      .filter(({ score }) => score >= wire.least && score > 0);
  };
  return {
    id: 'azure-content-safety',
    async moderate({ texts, pictures }: ModerationSubject, signal: AbortSignal) {
      const found: ModerationFinding[] = [];
      for (const text of piecesOf(texts, pieceLength)) {
        found.push(...(await ask('text:analyze', { text, outputType: 'FourSeverityLevels' }, signal)));
      }
      for (const { page, bytes } of pictures) {
        const content = Buffer.from(bytes).toString('base64');
        const ofPicture = await ask('image:analyze', { image: { content }, outputType: 'FourSeverityLevels' }, signal);
        found.push(...ofPicture.map((finding) => ({ ...finding, page })));
      }
      return found;
    },
  };
}
