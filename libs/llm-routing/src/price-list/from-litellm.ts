import { z } from 'zod';
import { idOf, perMillionTokens, pricesOf, type ImportedModel, type PriceList, type Rates } from './imported-model.js';

type Entry = Readonly<Record<string, unknown>>;

/** Their names of providers that have another name here; all others keep theirs, with hyphens. */
const providerNames: Readonly<Record<string, string>> = {
  gemini: 'google',
  azure: 'azure-openai',
  together_ai: 'together',
  fireworks_ai: 'fireworks',
  dashscope: 'qwen',
  bedrock_converse: 'bedrock',
};

const listSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * Reads LiteLLM's `model_prices_and_context_window.json` (MIT): USD a token. Its first entry explains the format and
 * is no model; entries for speech, embeddings and pictures are left out.
 * @throws ZodError when it is not an object of objects.
 */
export function fromLitellm(data: unknown): PriceList {
  const entries = Object.entries(listSchema.parse(data));
  const models = entries.flatMap(([name, entry]) => modelOf(name, entry) ?? []);
  return { models, skipped: entries.length - models.length };
}

function modelOf(name: string, entry: Entry): ImportedModel | undefined {
  const theirs = entry.litellm_provider;
  if (name === 'sample_spec' || typeof theirs !== 'string') return undefined;
  if (entry.mode !== 'chat' && entry.mode !== 'responses') return undefined;
  const provider = nameOf(theirs);
  const model = name.startsWith(`${theirs}/`) ? name.slice(theirs.length + 1) : name;
  const { prices, remarks } = pricesOf(ratesOf(entry, ''), {
    batch: ratesOf(entry, '_batches'),
    flex: ratesOf(entry, '_flex'),
    priority: ratesOf(entry, '_priority'),
  });
  return {
    card: {
      id: idOf(provider, model),
      provider,
      model,
      ...(prices ? { prices } : {}),
      capabilities: known({
        vision: flag(entry.supports_vision),
        pdf: flag(entry.supports_pdf_input),
        tools: flag(entry.supports_function_calling),
        strictJsonSchema: flag(entry.supports_response_schema),
        streaming: flag(entry.supports_native_streaming),
      }),
      limits: known({
        contextTokens: whole(entry.max_input_tokens),
        maxOutputTokens: whole(entry.max_output_tokens),
      }),
      ...(Array.isArray(entry.supported_regions) ? { regions: entry.supported_regions.map(String) } : {}),
      ...(z.iso.date().safeParse(entry.deprecation_date).success ? { retiresOn: String(entry.deprecation_date) } : {}),
    },
    remarks,
  };
}

const nameOf = (theirs: string): string =>
  providerNames[theirs] ??
  (theirs.startsWith('vertex_ai') ? 'google-vertex' : theirs.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));

const steps = [128, 200, 256, 272, 512];

/** `suffix` names the service level: none, `_batches`, `_flex`, `_priority`. */
function ratesOf(entry: Entry, suffix: string): Rates {
  const rate = (field: string) => price(entry[`${field}${suffix}`]);
  const longContext = steps.flatMap((thousand) => {
    const above = (field: string) => price(entry[`${field}_above_${thousand}k_tokens${suffix}`]);
    const [input, output] = [above('input_cost_per_token'), above('output_cost_per_token')];
    if (!input || !output) return [];
    const cacheRead = above('cache_read_input_token_cost');
    const cacheWrite = above('cache_creation_input_token_cost');
    return [{ aboveInputTokens: thousand * 1_000, input, output, ...known({ cacheRead, cacheWrite }) }];
  });
  return {
    input: rate('input_cost_per_token'),
    output: rate('output_cost_per_token'),
    reasoning: rate('output_cost_per_reasoning_token'),
    cacheRead: rate('cache_read_input_token_cost'),
    cacheWrite: rate('cache_creation_input_token_cost'),
    ...(longContext.length > 0 ? { longContext } : {}),
  };
}

const price = (value: unknown): number | undefined => (typeof value === 'number' ? perMillionTokens(value) : undefined);
const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
const whole = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;

const known = <Facts extends object>(facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
