import type { LanguageModelV3, SharedV3ProviderOptions } from '@ai-sdk/provider';
import type { JsonSchema } from '@waybill/contracts';
import type { CallService, ModelRequest } from '@waybill/llm-routing';
import type { ProviderSettings } from '../provider-settings.js';
import type { BatchWire } from '../batches/batch-wire.js';
import type { WireFormat } from '../wire-formats/wire-format.js';

/** One model of a provider, with the key that this call uses. */
export interface Connection {
  readonly settings: ProviderSettings;
  readonly secret: string;
  readonly model: string;
  /** Carries the request; the network when absent. */
  readonly fetch?: typeof globalThis.fetch;
}

/** How the providers of one family are spoken to. The AI SDK's packages know the requests; bills are read here. */
export interface ProviderFamily {
  readonly format: (settings: ProviderSettings) => WireFormat;
  /**
   * One request at a time and never a repeat: retries are the router's. Brings the package in: a gateway that passes chats
   * through asks for none.
   */
  readonly model: (connection: Connection) => Promise<LanguageModelV3>;
  /** `schema`: what the API holds the answer to, as it is sent. */
  readonly options?: (request: ModelRequest, schema?: JsonSchema) => SharedV3ProviderOptions;
  /** `prompt`: the API knows JSON but no schema, so the schema is said in words. */
  readonly schemaBy: 'api' | 'prompt';
  /** How it takes calls by the batch; absent where it does not, or not here. */
  readonly batches?: (settings: ProviderSettings) => BatchWire;
  /** The services besides the usual one that a call can ask for; absent where there are none, or not here. */
  readonly services?: readonly CallService[];
  /** What the settings lack, as the end of a sentence. */
  readonly missing?: (settings: ProviderSettings) => string | undefined;
}
