/**
 * Preloaded into a service: every message's first acknowledgement is lost on its way, so the server delivers every
 * message twice. Only the acknowledgement is touched; the work of the first delivery has been done.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('@nats-io/jetstream'));
const { JsMsgImpl } = await import(pathToFileURL(join(folder, 'jsmsg.js')).href);

const ack = JsMsgImpl.prototype.ack;
const ackAck = JsMsgImpl.prototype.ackAck;
JsMsgImpl.prototype.ack = function loseFirst(...args) {
  if (this.info.deliveryCount > 1) ack.apply(this, args);
};
JsMsgImpl.prototype.ackAck = function loseFirst(...args) {
  return this.info.deliveryCount > 1 ? ackAck.apply(this, args) : Promise.resolve(true);
};
