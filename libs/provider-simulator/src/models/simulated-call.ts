/** What a request asks for, whichever API it came through. */
export interface SimulatedCall {
  readonly api: 'openai-chat' | 'openai-responses' | 'anthropic' | 'gemini' | 'bedrock';
  readonly model: string;
  /** What the system message says. */
  readonly instructions: readonly string[];
  /** Everything else that is said, the last message last. */
  readonly texts: readonly string[];
  readonly images: number;
  /** The pictures that it has to fetch first. */
  readonly imageUrls: readonly string[];
  readonly pdfs: number;
  readonly schema?: Record<string, unknown>;
  /** The tool that must or may be called. */
  readonly tool?: { readonly name: string; readonly schema: Record<string, unknown>; readonly required: boolean };
  /** At which service it is to be made, in the provider's own word. */
  readonly service?: string;
  readonly stream: boolean;
  readonly maxTokens: number;
}

/** Tokens as a simulated model counts them; `input` and `output` are totals. */
export interface SimulatedUsage {
  readonly input: number;
  readonly cached: number;
  readonly cacheWritten: number;
  readonly output: number;
  readonly reasoning: number;
}

/** What a simulated model says. */
export interface SimulatedAnswer {
  readonly text: string;
  readonly toolCall?: { readonly name: string; readonly input: unknown };
  readonly ending: 'stop' | 'length' | 'tool' | 'refusal';
  readonly usage: SimulatedUsage;
  /** At which service it was made, where not at the one that was asked for. */
  readonly service?: string;
}

/** Whether and how a call goes wrong; each API says it in its own words. */
export const refusedKinds = [
  'rate-limited',
  'quota-used-up',
  'overloaded',
  /** OpenAI's flex has no room just now. */
  'no-room',
  'server-error',
  'auth',
  'context-too-long',
  'bad-request',
  'picture-not-fetched',
] as const;
export type RefusedKind = (typeof refusedKinds)[number];

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One line group of a stream of server-sent events. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: unknown;
}

/** One provider's API: how its requests are read and how its answers and errors are written. */
export interface Wire {
  readonly api: SimulatedCall['api'];
  read(body: Record<string, unknown>, path: string): SimulatedCall;
  answer(call: SimulatedCall, answer: SimulatedAnswer): object;
  stream(call: SimulatedCall, answer: SimulatedAnswer): readonly StreamEvent[];
  /** How a stream is framed, where it is not by server-sent events. */
  readonly framing?: { readonly mediaType: string; frame(event: StreamEvent): Uint8Array };
  /** `retryAfterS` is whole seconds; `url` is of the picture that was not fetched, which some tell. */
  refuse(kind: RefusedKind, retryAfterS: number, url?: string): HttpAnswer;
}
