import { findSecrets, secretPatterns } from '@waybill/secrets';
import type { Guardrail } from '../guardrail.js';

const id = 'secrets';

/** Keys, tokens and passwords, in documents and in answers. */
export const secrets: Guardrail = {
  id,
  places: ['before-model', 'after-answer'],
  kinds: [...secretPatterns.map(({ kind }) => kind), 'high-entropy'],
  inspect: ({ view: { text } }) =>
    findSecrets(text).map(({ kind, start, end, score }) => ({ guardrail: id, kind, score, span: { start, end } })),
};
