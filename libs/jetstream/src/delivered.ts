/** One message of a batch. `sequence` is its place in the stream. */
export interface Delivered<Payload> {
  readonly sequence: number;
  readonly subject: string;
  readonly publishedAt: Date;
  /** W3C: of which trace the message is a part. Absent where it was read again and not delivered. */
  readonly traceparent?: string;
  readonly payload: Payload;
}
