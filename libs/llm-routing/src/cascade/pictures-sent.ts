import type { BilledTokens, SentImage } from '@waybill/contracts';
import type { ModelCard } from '../catalog/model-card.js';
import { estimateImageTokens } from '../image-tokens/estimate-image-tokens.js';
import type { Message } from '../provider/model-request.js';

/** The pictures of a request as they go out, for receipt and ledger. Tokens by the model's rule. */
export function picturesSent(messages: readonly Message[], { imageRule }: Pick<ModelCard, 'imageRule'>): SentImage[] {
  const parts = messages.flatMap((message) => (message.role === 'user' ? message.parts : []));
  return parts.flatMap((part): SentImage[] => {
    if (part.type !== 'image' || !part.shows || !('bytes' in part.source)) return [];
    const { page, widthPx, heightPx } = part.shows;
    const estimated = imageRule ? estimateImageTokens(imageRule, { widthPx, heightPx }, part.detail).expected : 0;
    const sent = { bytes: part.source.bytes.byteLength, width: widthPx, height: heightPx, detail: part.detail };
    return [{ page, estimatedTokens: estimated, ...sent }];
  });
}

/**
 * The image tokens of a bill, shared out over the pictures by what was estimated for each. Whole tokens that sum to the
 * bill's. Without any in the bill the provider does not tell them apart, and the pictures stay as they are.
 */
export function withBilledTokens(images: readonly SentImage[], { imageTokens }: BilledTokens): SentImage[] {
  const estimated = images.reduce((sum, image) => sum + image.estimatedTokens, 0);
  if (imageTokens === 0 || images.length === 0) return [...images];
  let [left, weight] = [imageTokens, estimated];
  return images.map((image) => {
    const share = weight > 0 ? Math.round((left * image.estimatedTokens) / weight) : left;
    left -= share;
    weight -= image.estimatedTokens;
    return { ...image, billedTokens: share };
  });
}
