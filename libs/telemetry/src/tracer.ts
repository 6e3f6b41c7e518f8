export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Work that is over. Times are Unix milliseconds. */
export interface SpanFacts {
  readonly name: string;
  readonly kind: 'internal' | 'client';
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: SpanAttributes;
  /** Why it failed, as a sentence. */
  readonly failure?: string;
  readonly children: readonly SpanFacts[];
}

/** A stage under way. */
export interface StageSpan {
  /** W3C; what is published meanwhile carries it. */
  readonly traceparent: string;
  /** @param failure why it failed, as a sentence */
  end(attributes: SpanAttributes, failure?: string): void;
}

/** Port: where spans go. Attributes and finished spans are asked for only when somebody traces. */
export interface Tracer {
  /** A message begins to be handled. @param parent the message's traceparent */
  begin(name: string, parent: string, attributes: () => SpanAttributes): StageSpan;
  /** What has happened below `parent`, a traceparent. */
  record(parent: string, spans: () => readonly SpanFacts[]): void;
}

/** While nobody traces: messages pass on the traceparent that they came with. */
export const silentTracer: Tracer = {
  begin: (_name, parent) => ({ traceparent: parent, end: () => undefined }),
  record: () => undefined,
};
