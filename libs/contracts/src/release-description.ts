import { z, type ZodType } from 'zod';
import { messageSchemas } from './message-schemas.js';
import { pageLayoutSchema } from './page-layout.js';
import type { SchemaDocument } from './schema-catalog.js';
import { consumers, filterSubjectsOf, streams, type ConsumerContract, type StreamContract } from './streams.js';

/** One kind of message, or of stored content, as JSON Schemas (2020-12) without references to elsewhere. */
export interface DescribedContent {
  /** What a writer of the release writes. */
  readonly writes: SchemaDocument;
  /** What a reader of the release accepts. */
  readonly reads: SchemaDocument;
}

/** Content with the subjects that carry it; none where it is stored. */
type Carried = DescribedContent & { readonly subjects?: readonly string[] };

/** What the release before and the release after rely on, as data: kept when a release is made, compared ever after. */
export interface ReleaseDescription {
  readonly release: string;
  /** By the name of the content. */
  readonly contents: Readonly<Record<string, Carried>>;
  /** What workers compare at their start, and refuse to start with when it differs. */
  readonly streams: Readonly<Record<string, unknown>>;
  readonly consumers: Readonly<Record<string, unknown>>;
  /** Names of the migrations of Postgres, in order. */
  readonly migrations: readonly string[];
}

export function describeRelease(release: string, migrations: readonly string[]): ReleaseDescription {
  const carried = Object.entries(messageSchemas).map(([stream, { name, schema }]): [string, Carried] => [
    name,
    { subjects: streams[stream as keyof typeof messageSchemas].subjects, ...describe(schema) },
  ]);
  return {
    release,
    contents: Object.fromEntries<Carried>([...carried, ['PageLayout', describe(pageLayoutSchema)]]),
    streams: Object.fromEntries(
      Object.values<StreamContract>(streams).map((stream) => [stream.name, comparedOf(stream)]),
    ),
    consumers: Object.fromEntries(
      Object.values<ConsumerContract>(consumers).map((consumer) => [consumer.name, workOf(consumer)]),
    ),
    migrations,
  };
}

const describe = (schema: ZodType): DescribedContent => ({
  writes: z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }),
  reads: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
});

const comparedOf = ({ subjects, retention, isAppendOnly = false }: StreamContract) => ({
  subjects,
  retention,
  isAppendOnly,
});

const workOf = (consumer: ConsumerContract) => ({
  service: consumer.service,
  stream: consumer.stream,
  subjects: filterSubjectsOf(consumer),
  ackWaitMs: consumer.ackWaitMs,
  deliveries: consumer.maxAttempts + consumer.maxDeferrals,
});
