import type { ModelRequest } from '@waybill/llm-routing';
import { GeminiBatchWire } from '../../batches/gemini-batch-wire.js';
import { geminiFormat } from '../../wire-formats/gemini-format.js';
import type { ProviderFamily } from '../provider-family.js';

/** Gemini takes one resolution for all images of a call: the highest that any of them wants. */
export function mediaResolution({ messages }: ModelRequest): { mediaResolution?: string } {
  const parts = messages.flatMap((message) => (message.role === 'user' ? message.parts : []));
  const details = parts.flatMap((part) => (part.type === 'image' ? [part.detail] : []));
  if (details.length === 0) return {};
  return {
    mediaResolution: details.every((detail) => detail === 'low') ? 'MEDIA_RESOLUTION_LOW' : 'MEDIA_RESOLUTION_HIGH',
  };
}

const googleUrl = 'https://generativelanguage.googleapis.com/v1beta';

/** Google's Gemini API. */
export const googleFamily: ProviderFamily = {
  format: () => geminiFormat,
  async model({ settings: { baseUrl = googleUrl, headers }, secret, model, fetch }) {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    return createGoogleGenerativeAI({ apiKey: secret, headers, baseURL: baseUrl, ...(fetch ? { fetch } : {}) })(model);
  },
  batches: ({ baseUrl = googleUrl, headers }) => new GeminiBatchWire({ baseUrl, headers }),
  options: (request) => ({
    google: { ...mediaResolution(request), ...(request.service ? { serviceTier: request.service } : {}) },
  }),
  services: ['flex', 'priority'],
  schemaBy: 'api',
};
