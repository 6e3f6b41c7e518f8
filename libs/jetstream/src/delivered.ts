/** One message of a batch. `sequence` is its place in the stream. */
export interface Delivered<Payload> {
  readonly sequence: number;
  readonly subject: string;
  readonly publishedAt: Date;
  readonly payload: Payload;
}
