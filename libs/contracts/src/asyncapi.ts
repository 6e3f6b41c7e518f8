import type { ZodType } from 'zod';
import { blobReferenceSchema } from './blob-reference.js';
import { failureSchema } from './failure.js';
import { jobResultSchema } from './job-result.js';
import { messageSchemas, type MessageSchema } from './message-schemas.js';
import { apiVersion } from './rest-routes.js';
import { buildSchemaCatalog, type SchemaDocument } from './schema-catalog.js';
import {
  consumers,
  filterSubjectsOf,
  streams,
  type ConsumerContract,
  type StreamContract,
  type StreamName,
} from './streams.js';
import { acceptedSubmissionSchema } from './submission.js';
import { taskSchema } from './task.js';
import { tolerant } from './tolerant.js';

/** What clients and services pass to each other; the audit log is nobody's to read from the stream. */
const { audit: _internal, ...documented } = messageSchemas;
const messages: Partial<Record<StreamName, MessageSchema>> = documented;

const namedSchemas: Readonly<Record<string, ZodType>> = {
  ...Object.fromEntries(Object.values(messages).map(({ name, schema }) => [name, schema])),
  AcceptedSubmission: tolerant(acceptedSubmissionSchema),
  Task: taskSchema,
  JobResult: jobResultSchema,
  Failure: failureSchema,
  BlobReference: blobReferenceSchema,
};

/** What a stream’s second `*` stands for; the first is the tenant. */
const secondToken: Partial<Record<StreamName, string>> = { reasoning: 'lane', batches: 'step', deadLetters: 'stage' };

/** The messages on NATS as AsyncAPI 3, generated from streams, consumers and their schemas. */
export function asyncApiDocument(): SchemaDocument {
  const catalog = buildSchemaCatalog(namedSchemas);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Waybill',
      version: apiVersion,
      description: 'Clients publish submissions; the services pass work and events over JetStream.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(carried().map(([name, stream]) => [name, channel(name, stream)])),
    operations: {
      submitJob: {
        action: 'receive',
        channel: { $ref: '#/channels/submissions' },
        summary: 'Accepts a submission; the JetStream acknowledgement says that it is stored.',
      },
      ...Object.fromEntries(Object.values(consumers).map((consumer) => [consumer.name, operation(consumer)])),
    },
    components: {
      messages: Object.fromEntries(
        Object.values(messages).map(({ name, schema }) => [name, { name, payload: catalog.of(schema) }]),
      ),
      schemas: catalog.components,
    },
  };
}

const carried = () =>
  (Object.entries(streams) as [StreamName, StreamContract][]).filter(([name]) => messages[name] !== undefined);

/** The address has a parameter for each wildcard; the last one may stand for several tokens (`>`). */
function channel(name: StreamName, stream: StreamContract): SchemaDocument {
  const parameters: Record<string, { description: string }> = {};
  const tokens = stream.subjects.join(' ').split('.');
  const address = tokens.map((token) => {
    if (token !== '*' && token !== '>') return token;
    const parameter = token === '>' ? 'rest' : 'tenant' in parameters ? (secondToken[name] ?? 'other') : 'tenant';
    parameters[parameter] = { description: parameterMeanings[parameter] ?? '' };
    return `{${parameter}}`;
  });
  const message = messages[name]?.name ?? name;
  return {
    address: address.join('.'),
    title: stream.name,
    description: `${stream.description} Retention: ${stream.retention}, ${stream.maxAgeMs / 86_400_000} days.`,
    parameters,
    messages: { [message]: { $ref: `#/components/messages/${message}` } },
  };
}

const parameterMeanings: Readonly<Record<string, string>> = {
  tenant: 'The tenant’s name.',
  step: '`tend-batch` or `answer-line`.',
  lane: 'Which models may be asked.',
  stage: 'The consumer that gave the message up.',
  rest: 'The job’s id and what happened to it.',
};

const operation = (consumer: Omit<ConsumerContract, 'schema'>): SchemaDocument => ({
  action: 'receive',
  channel: { $ref: `#/channels/${consumer.stream}` },
  summary: consumer.description,
  tags: [{ name: consumer.service }],
  description: [
    `Durable pull consumer on ${filterSubjectsOf(consumer)
      .map((subject) => `\`${subject}\``)
      .join(', ')},`,
    `ack wait ${consumer.ackWaitMs} ms, at most ${consumer.maxAttempts} attempts`,
    `and ${consumer.maxDeferrals} deferrals${consumer.batchSize ? `, in batches of ${consumer.batchSize}` : ''}.`,
  ].join(' '),
});
