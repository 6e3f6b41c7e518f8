/**
 * Preloaded into the reasoning service: the process dies, once, between two steps of paying for an answer.
 * WAYBILL_FAULT_STEP says behind which one: reserved, answered, kept or settled.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const fromJetstream = createRequire(require.resolve('@nats-io/jetstream'));
const { NatsConnectionImpl } = fromJetstream('@nats-io/nats-core/internal');
const { Client } = require('pg');

const step = process.env.WAYBILL_FAULT_STEP;
const die = () => process.kill(process.pid, 'SIGKILL');

/** The statement behind which the process dies, and the bucket into which a paid answer is put. */
const statement = { reserved: 'waybill_reserve', settled: 'DELETE FROM reservations USING given' }[step];
const journal = '$KV.waybill-paid-answers.';

const { query } = Client.prototype;
Client.prototype.query = function queryAndDie(...given) {
  const text = typeof given[0] === 'string' ? given[0] : (given[0]?.text ?? '');
  if (statement === undefined || !text.includes(statement)) return query.apply(this, given);
  return query.apply(
    this,
    given.map((value) => (typeof value === 'function' ? die : value)),
  );
};

const { request } = NatsConnectionImpl.prototype;
NatsConnectionImpl.prototype.request = function requestAndDie(subject, ...given) {
  if (!subject.startsWith(journal)) return request.call(this, subject, ...given);
  if (step === 'answered') die();
  const kept = request.call(this, subject, ...given);
  return step === 'kept' ? kept.then(die) : kept;
};
