import type { ServiceName } from '@waybill/contracts';
import type { Meter } from '@waybill/telemetry';

/** Messages under way at once, by consumer name. */
export type Concurrency = Readonly<Partial<Record<string, number>>>;

/** How a service runs its consumers. Keys and names are consumer names, for example `ocr-read-page`. */
export interface ServiceOptions {
  /** Messages under way at once; where absent, `WAYBILL_CONCURRENCY`; with 0, others pull them. A batch consumer runs one batch at a time. */
  readonly concurrency?: Concurrency;
  /** Consumers whose completion waits for the server's word, because a repeat is costly (a paid model call). */
  readonly ackAck?: readonly string[];
}

export interface TransportOptions extends ServiceOptions {
  readonly service: ServiceName;
  readonly meter: Meter;
}
