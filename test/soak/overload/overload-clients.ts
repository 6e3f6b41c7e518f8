import { setTimeout as pause } from 'node:timers/promises';
import { jetstream, JetStreamApiError } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { submitSubject, type SubmissionInput } from '@waybill/contracts';
import { drawPdf } from '../../e2e/support/draw-documents.js';
import { faultTenant } from '../../faults/support/fault-run.js';

/** What the clients of one door have seen. */
export interface DoorCounts {
  /** Jobs that somebody wanted to submit. */
  wanted: number;
  accepted: number;
  /** Answers 429 and 503, or publishes that the server refused. */
  refusals: number;
  /** Jobs that were refused at every try and are done elsewhere. */
  turnedAway: number;
}

/** A client comes back so often before it goes elsewhere: else more and more of them would wait at the door. */
const tries = 3;
/** The server's code for a stream that is full. */
const streamFull = 10077;
/** A refused publish brings no time to wait; REST says as much. */
const publishAgainMs = 5_000;

const schema = { type: 'object', properties: { weight: { type: 'number' }, courier: { type: 'string' } } };
const note = ['Delivery note of the Quellmark depot', 'Weight: 412.50', 'It was handed at noon to the courier Okafor'];

/** Clients at both doors that send one job each, wait when they are told to, and remember what was accepted. */
export class OverloadClients {
  readonly rest: DoorCounts = { wanted: 0, accepted: 0, refusals: 0, turnedAway: 0 };
  readonly nats: DoorCounts = { wanted: 0, accepted: 0, refusals: 0, turnedAway: 0 };
  readonly accepted = new Set<string>();
  /** Answers that no client should get. */
  readonly unexpected: string[] = [];
  /** Requests whose connection broke or that timed out, sent again with the same id. */
  unanswered = 0;

  constructor(
    private readonly url: string,
    private readonly connection: NatsConnection,
  ) {}

  /** One job through one of the doors; resolves when it is accepted or has gone elsewhere. */
  async send(door: 'rest' | 'nats', id: string): Promise<void> {
    const counts = this[door];
    counts.wanted += 1;
    const pdf = await drawPdf([`${id} / ${note.join(' / ')}`]);
    for (let tried = 1; ; tried += 1) {
      const againAfterMs = await (door === 'rest' ? this.post(id, pdf) : this.publish(id, pdf));
      if (againAfterMs === 'accepted') {
        counts.accepted += 1;
        this.accepted.add(id);
        return;
      }
      counts.refusals += 1;
      if (tried === tries) break;
      await pause(againAfterMs);
    }
    counts.turnedAway += 1;
  }

  private async post(id: string, pdf: Uint8Array<ArrayBuffer>): Promise<'accepted' | number> {
    const form = new FormData();
    form.set('submission', JSON.stringify(submissionOf(id, { upload: 'file' })));
    form.set('file', new Blob([pdf], { type: 'application/pdf' }), 'note.pdf');
    const headers = { 'waybill-tenant': faultTenant };
    const answer = await fetch(`${this.url}/v1/jobs`, { method: 'POST', headers, body: form }).catch(String);
    if (typeof answer === 'string') {
      this.unanswered += 1;
      return 1_000;
    }
    const said = await answer.text();
    if (answer.status === 202) return 'accepted';
    // On a machine that stands still for a while a request may not arrive in time.
    if (answer.status === 408) {
      this.unanswered += 1;
      return 1_000;
    }
    const retryAfterS = Number(answer.headers.get('retry-after'));
    if (![429, 503].includes(answer.status) || !(retryAfterS > 0)) this.unexpected.push(`${answer.status} ${said}`);
    return Math.max(1, retryAfterS) * 1_000;
  }

  private async publish(id: string, pdf: Uint8Array): Promise<'accepted' | number> {
    const payload = JSON.stringify(submissionOf(id, { inline: Buffer.from(pdf).toString('base64') }));
    for (;;) {
      try {
        await jetstream(this.connection).publish(submitSubject(faultTenant), payload, { timeout: 10_000 });
        return 'accepted';
      } catch (error) {
        if (error instanceof JetStreamApiError && error.code === streamFull) return publishAgainMs;
        // Nobody knows whether it came; with the job's id it may be sent again.
        this.unanswered += 1;
        await pause(1_000);
      }
    }
  }
}

/** Rules cannot answer it, so that a model is paid for it. */
const submissionOf = (id: string, document: SubmissionInput['documents'][number]): SubmissionInput => ({
  id,
  tenant: faultTenant,
  task: { kind: 'extract', schema },
  documents: [document],
  routing: {},
});
