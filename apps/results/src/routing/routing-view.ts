import type { ModelView, ProviderView } from '@waybill/contracts';
import type { ModelCard, ProviderCard } from '@waybill/llm-routing';

/** Whatever is not known stays absent. */
export function modelView({
  id,
  provider,
  tier,
  tasks,
  prices,
  capabilities,
  limits,
  retiresOn,
}: ModelCard): ModelView {
  const sheet = prices?.kind === 'metered' ? prices.usdPerMillion.standard : undefined;
  const able = Object.entries(capabilities).filter(([, isAble]) => isAble);
  return {
    ...{ id, provider, tier, tasks },
    pricing: prices?.kind ?? 'unknown',
    ...(sheet ? { price: { input: sheet.input, output: sheet.output, cacheRead: sheet.cacheRead } } : {}),
    capabilities: able.map(([name]) => name),
    contextTokens: limits.contextTokens,
    maxOutputTokens: limits.maxOutputTokens,
    retiresOn,
  };
}

export const providerView = ({ id, title, regions, retention }: ProviderCard): Omit<ProviderView, 'isConfigured'> => ({
  ...{ id, title, regions },
  ...(retention ?? {}),
});
