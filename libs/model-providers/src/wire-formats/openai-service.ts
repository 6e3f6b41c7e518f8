import type { ServiceLevel } from '@waybill/llm-routing';
import { factsOf } from './facts-of.js';

const services: Readonly<Record<string, ServiceLevel>> = { default: 'standard', flex: 'flex', priority: 'priority' };

/** What OpenAI's bodies call `service_tier`. Other words of those who speak like it say nothing about a price. */
export function openAiService(body: unknown): ServiceLevel | undefined {
  const told = factsOf(body).service_tier;
  return typeof told === 'string' && Object.hasOwn(services, told) ? services[told] : undefined;
}
