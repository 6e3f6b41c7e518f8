/**
 * Preloaded into a service: the acknowledgement of every message's first delivery is lost on its way, so the server
 * delivers every message twice. Only the acknowledgement is touched; the work of the first delivery has been done.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const fromJetstream = createRequire(require.resolve('@nats-io/jetstream'));
const { NatsConnectionImpl } = fromJetstream('@nats-io/nats-core/internal');

/** `$JS.ACK.<stream>.<consumer>.<deliveries>.…`, with domain and account before the stream on some servers. */
function isFirstAck(subject, data) {
  if (!subject.startsWith('$JS.ACK.') || data !== '+ACK') return false;
  const tokens = subject.split('.');
  return tokens[tokens.length === 9 ? 4 : 6] === '1';
}

const { publish, request } = NatsConnectionImpl.prototype;
NatsConnectionImpl.prototype.publish = function loseFirst(subject, data, options) {
  if (!isFirstAck(subject, data)) publish.call(this, subject, data, options);
};
NatsConnectionImpl.prototype.request = function loseFirst(subject, data, options) {
  return isFirstAck(subject, data) ? Promise.resolve() : request.call(this, subject, data, options);
};
