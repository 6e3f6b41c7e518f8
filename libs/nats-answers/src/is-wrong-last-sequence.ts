import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';

const codes: readonly number[] = [
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
];

/** The subject's last message is another one than the write expected: somebody else was first. */
export const isWrongLastSequence = (error: unknown): boolean =>
  error instanceof JetStreamApiError && codes.includes(error.code);
