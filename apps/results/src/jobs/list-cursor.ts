import { jobIdSchema } from '@waybill/contracts';
import type { JobPosition } from '@waybill/jobs';
import { ProblemException } from '@waybill/platform';

/** A place in a listing as clients carry it: opaque, and safe in a URL. */
export const toCursor = ({ createdAt, jobId }: JobPosition): string =>
  Buffer.from(`${createdAt.getTime()} ${jobId}`).toString('base64url');

/** @throws ProblemException (400) for text that no listing has given out. */
export function fromCursor(cursor: string): JobPosition {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const jobId = jobIdSchema.safeParse(id);
  if (!/^\d{1,15}$/.test(time) || !jobId.success) {
    throw new ProblemException(
      'invalid-request',
      'The cursor is not one that a listing has given out; start without it.',
    );
  }
  return { createdAt: new Date(Number(time)), jobId: jobId.data };
}
