import OpenAI from 'openai';

export interface OpenAiClientTerms {
  /** Whose chats they are; the door's own default without it. */
  readonly tenant?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly apiKey?: string;
}

/** The official SDK with only its address changed. What is refused is told, not asked again. @param baseUrl with `/v1` */
export const openAiClient = (
  baseUrl: string,
  { tenant, headers = {}, apiKey = 'any' }: OpenAiClientTerms = {},
): OpenAI =>
  new OpenAI({
    ...{ baseURL: baseUrl, apiKey, maxRetries: 0 },
    defaultHeaders: tenant === undefined ? headers : { 'waybill-tenant': tenant, ...headers },
  });
