import type { SchemaLevel } from '@waybill/llm-routing';
import type { ProviderFamily } from '../families/provider-family.js';
import type { ProviderSettings } from '../provider-settings.js';

/** What one model of a provider takes as the schema of an answer, by the provider's own name of it. */
export type LevelOf = (model: string) => SchemaLevel;

/** A provider as it is spoken to: its connection, its family's way, and what its models take. */
export interface SpokenProvider {
  readonly settings: ProviderSettings;
  readonly family: ProviderFamily;
  readonly levelOf: LevelOf;
}
