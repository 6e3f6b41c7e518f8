import type { ServiceName } from '@waybill/contracts';
import type { Meter, Tracer } from '@waybill/telemetry';
import type { Need } from '@waybill/platform';
import type { Sealer } from '@waybill/sealing';

/** Messages under way at once, by consumer name. */
export type Concurrency = Readonly<Partial<Record<string, number>>>;

/** How a service runs its consumers. Keys and names are consumer names, for example `ocr-read-page`. */
export interface ServiceOptions {
  /** Messages under way at once; where absent, `WAYBILL_CONCURRENCY`; with 0, others pull them. A batch consumer runs one batch at a time. */
  readonly concurrency?: Concurrency;
  /** Consumers whose completion waits for the server's word, because a repeat is costly (a paid model call). */
  readonly ackAck?: readonly string[];
  /** `useful` where the service does part of its work without NATS; readiness tells, and goes on. */
  readonly need?: Need;
}

export interface TransportOptions extends ServiceOptions {
  readonly service: ServiceName;
  readonly meter: Meter;
  readonly tracer: Tracer;
}

export interface TransportTools extends TransportOptions {
  /** Opens what messages hold encrypted, and encrypts dead letters. */
  readonly sealer: Sealer;
}
