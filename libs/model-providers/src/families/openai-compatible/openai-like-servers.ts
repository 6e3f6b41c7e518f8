/** What one server that speaks like OpenAI differs in. */
export interface OpenAiLikeServer {
  /** Where it answers; absent when each installation has an address of its own. */
  readonly baseUrl?: string;
  /** Whether it takes a JSON schema, or only the word that JSON is wanted. */
  readonly schemaBy: 'api' | 'prompt';
  /** The header of the key, where that is not `Authorization: Bearer`. */
  readonly keyHeader?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without one of these headers in its settings, it does not know where to send a call. */
  readonly wantsOneOf?: readonly string[];
}

/**
 * Providers, servers of one's own, and gateways. Addresses and headers are those of their documentation, November
 * 2026; docs/providers.md lists the pages.
 */
export const openAiLikeServers = {
  'openai-compatible': { schemaBy: 'api' },
  mistral: { baseUrl: 'https://api.mistral.ai/v1', schemaBy: 'api' },
  deepseek: { baseUrl: 'https://api.deepseek.com/v1', schemaBy: 'prompt' },
  qwen: { baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1', schemaBy: 'prompt' },
  groq: { baseUrl: 'https://api.groq.com/openai/v1', schemaBy: 'api' },
  together: { baseUrl: 'https://api.together.xyz/v1', schemaBy: 'api' },
  fireworks: { baseUrl: 'https://api.fireworks.ai/inference/v1', schemaBy: 'api' },
  xai: { baseUrl: 'https://api.x.ai/v1', schemaBy: 'api' },
  vllm: { baseUrl: 'http://127.0.0.1:8000/v1', schemaBy: 'api' },
  ollama: { baseUrl: 'http://127.0.0.1:11434/v1', schemaBy: 'api' },
  'llama-cpp': { baseUrl: 'http://127.0.0.1:8080/v1', schemaBy: 'api' },
  'lm-studio': { baseUrl: 'http://127.0.0.1:1234/v1', schemaBy: 'api' },
  litellm: { baseUrl: 'http://127.0.0.1:4000/v1', schemaBy: 'api' },
  bifrost: { baseUrl: 'http://127.0.0.1:8080/v1', schemaBy: 'api' },
  portkey: {
    baseUrl: 'https://api.portkey.ai/v1',
    schemaBy: 'api',
    keyHeader: 'x-portkey-api-key',
    wantsOneOf: ['x-portkey-provider', 'x-portkey-config', 'x-portkey-virtual-key'],
  },
  openrouter: { baseUrl: 'https://openrouter.ai/api/v1', schemaBy: 'api', headers: { 'x-title': 'Waybill' } },
  tokenmix: { baseUrl: 'https://api.tokenmix.ai/v1', schemaBy: 'api' },
  helicone: { baseUrl: 'https://ai-gateway.helicone.ai/v1', schemaBy: 'api' },
  /** The address holds account and gateway; a gateway that asks who calls wants cf-aig-authorization in the headers. */
  'cloudflare-ai-gateway': { schemaBy: 'api' },
} as const satisfies Record<string, OpenAiLikeServer>;
