import { z } from 'zod';
import { idOf, perMillionTokens, pricesOf, type PriceList, type Rates } from './imported-model.js';

const unit = z.object({ price: z.number() }).optional();
const ratesSchema = z
  .object({
    request_token: unit,
    response_token: unit,
    cache_read_input_token: unit,
    cache_write_input_token: unit,
  })
  .optional();
const listSchema = z.record(
  z.string(),
  z.object({
    pricing_config: z
      .object({ pay_as_you_go: ratesSchema, batch_config: ratesSchema, currency: z.string().optional() })
      .optional(),
  }),
);

/**
 * Reads one file of Portkey's `models/pricing` (MIT): US cents a token, a file for each provider, prices only. Its
 * entry `default` holds what other entries inherit, not a model.
 * @throws ZodError when it has another form.
 */
export function fromPortkey(data: unknown, provider: string): PriceList {
  const entries = Object.entries(listSchema.parse(data));
  const priced = entries.filter(
    ([name, { pricing_config: config }]) => name !== 'default' && (config?.currency ?? 'USD') === 'USD',
  );
  const models = priced.map(([model, { pricing_config: config }]) => {
    const { prices, remarks } = pricesOf(ratesOf(config?.pay_as_you_go), { batch: ratesOf(config?.batch_config) });
    return {
      card: { id: idOf(provider, model), provider, model, capabilities: {}, limits: {}, ...(prices ? { prices } : {}) },
      remarks,
    };
  });
  return { models, skipped: entries.length - models.length };
}

const ratesOf = (rates: z.infer<typeof ratesSchema>): Rates => ({
  input: inUsd(rates?.request_token),
  output: inUsd(rates?.response_token),
  cacheRead: inUsd(rates?.cache_read_input_token),
  cacheWrite: inUsd(rates?.cache_write_input_token),
});

const inUsd = (cents: z.infer<typeof unit>): number | undefined => cents && perMillionTokens(cents.price / 100);
