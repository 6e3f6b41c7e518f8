import type { ServiceLevel } from '@waybill/llm-routing';
import { factsOf } from './facts-of.js';

const services = ['standard', 'flex', 'priority'] as const satisfies readonly ServiceLevel[];

/** What Gemini's bodies tell beside the token counts; absent on Vertex AI, which tells a traffic type instead. */
export function geminiService(body: unknown): ServiceLevel | undefined {
  const told = factsOf(factsOf(body).usageMetadata).serviceTier;
  const name = typeof told === 'string' ? told.toLowerCase().replace(/^service_tier_/, '') : '';
  return services.find((service) => service === name);
}
