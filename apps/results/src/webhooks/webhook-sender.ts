import { webhookMessageSchema, type WebhookMessage } from '@waybill/contracts';
import { guardedLookup, refuseForbiddenHost, type AddressPolicy, type ResolveName } from '@waybill/platform';
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { PrivateAddressError, privateAddress } from './private-address-error.js';

const timeoutMs = 10_000;
const contentType = 'application/json; charset=utf-8';

export interface SignedPost {
  readonly url: string;
  /** The same for every attempt of a delivery, so that a receiver can drop repeats. */
  readonly id: string;
  readonly message: WebhookMessage;
}

/** `status` is null when there was no answer; `isForbidden` when none was asked for, because the address is private. */
export interface PostAnswer {
  readonly status: number | null;
  readonly reason?: string;
  readonly isForbidden?: true;
}

/** Posts by the Standard Webhooks convention. Redirects are answers like any other: they are not followed. */
export class WebhookSender {
  private readonly agent: Agent;

  /**
   * @param traceparent of the delivery at hand, so that the receiver can go on with the trace (W3C)
   * @param resolve what names resolve by; as this system does when absent
   */
  constructor(
    private readonly isAllowed: AddressPolicy,
    private readonly traceparent: () => string,
    resolve?: ResolveName,
  ) {
    this.agent = new Agent({
      connect: { timeout: timeoutMs, lookup: guardedLookup(isAllowed, privateAddress, resolve) },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Never rejects for anything that the receiver or the network does. The secret must be configured. */
  async post({ url, id, message }: SignedPost, secret: string, signal: AbortSignal): Promise<PostAnswer> {
    const body = JSON.stringify(webhookMessageSchema.parse(message));
    const at = new Date();
    const headers = {
      'content-type': contentType,
      'user-agent': 'Waybill-Webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
      traceparent: this.traceparent(),
    };
    try {
      refuseForbiddenHost(new URL(url), this.isAllowed, privateAddress);
      const answer = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: this.agent,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      // What the receiver says beyond its status matters to nobody; a little of it is read to keep the connection.
      await answer.body.dump({ limit: 65_536 }).catch(() => undefined);
      return { status: answer.statusCode };
    } catch (error) {
      if (error instanceof PrivateAddressError) return { status: null, reason: error.message, isForbidden: true };
      return { status: null, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    await this.agent.close();
  }
}
