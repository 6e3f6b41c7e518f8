import { silentTracer, type StageSpan, type Tracer } from '@waybill/telemetry';
import { jobOfPayload } from './job-limits.js';
import type { Run } from './run.js';

/** The span of one message being handled. A batch is about many jobs, so it is a part of nobody's trace. */
export function beginSpan({ first, traceparent }: Run, tracer: Tracer): StageSpan {
  const { name, batchSize } = first.contract;
  const chosen = batchSize === undefined ? tracer : silentTracer;
  return chosen.begin(`process ${name}`, traceparent, () => ({
    'messaging.system': 'nats',
    'messaging.operation.type': 'process',
    'messaging.destination.name': first.subject,
    'messaging.consumer.group.name': name,
    'messaging.message.id': String(first.sequence),
    ...attributesOf(jobOfPayload(first.payload)),
    'waybill.attempt': first.attempt,
  }));
}

const attributesOf = (facts: object) =>
  Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
      .map(([name, value]) => [`waybill.${name === 'job' ? 'job.id' : name}`, value as string | number]),
  );
