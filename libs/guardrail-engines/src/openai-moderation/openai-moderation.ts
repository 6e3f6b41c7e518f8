import type { ModerationFinding, ModerationSubject, Moderator } from '@waybill/guardrails';
import { z } from 'zod';
import type { ModeratorWire } from '../moderation/moderator-wire.js';
import { piecesOf, postJson, unavailable } from '../moderation/post-json.js';

const answerSchema = z.object({ results: z.array(z.object({ category_scores: z.record(z.string(), z.number()) })) });
const title = 'OpenAI moderation';
/** Characters of one text of a request. */
const pieceLength = 20_000;

/** OpenAI's moderation endpoint: texts together, each picture by itself. https://platform.openai.com/docs/guides/moderation */
export function openAiModeration(wire: ModeratorWire): Moderator {
  const url = new URL('/v1/moderations', wire.url ?? 'https://api.openai.com');
  const headers = { authorization: `Bearer ${wire.secret ?? ''}` };
  const model = wire.model ?? 'omni-moderation-latest';
  const ask = async (input: unknown, signal: AbortSignal, page?: number): Promise<ModerationFinding[]> => {
    const answer = await postJson({
      moderator: title,
      url,
      headers,
      body: { model, input },
      timeoutMs: wire.timeoutMs,
      signal,
    });
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) throw unavailable(title, 'its answer is not one of a moderation');
    return parsed.data.results.flatMap(({ category_scores: scores }) =>
      Object.entries(scores)
        .filter(([, score]) => score >= wire.least)
        .map(([kind, score]) => ({ kind, score, ...(page === undefined ? {} : { page }) })),
    );
  };
  return {
    id: 'openai-moderation',
    async moderate({ texts, pictures }: ModerationSubject, signal: AbortSignal) {
      const pieces = piecesOf(texts, pieceLength);
      const found = pieces.length > 0 ? await ask(pieces, signal) : [];
      for (const { page, bytes } of pictures) {
        const address = `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`;
        found.push(...(await ask([{ type: 'image_url', image_url: { url: address } }], signal, page)));
      }
      return found;
    },
  };
}
