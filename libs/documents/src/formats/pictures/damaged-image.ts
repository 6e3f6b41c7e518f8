import { StageError } from '@waybill/jobs';

/** An image's decoder refused it. `unreadable-document` from its header, `unreadable-page` from its pixels. */
export function damagedImage(code: 'unreadable-document' | 'unreadable-page', cause: unknown): StageError {
  const lines = (cause instanceof Error ? cause.message : String(cause)).split('\n').map((line) => line.trim());
  const reason =
    lines
      .filter((line) => line !== '' && !line.endsWith(':'))
      .at(0)
      ?.slice(0, 160) ?? 'no valid header';
  return new StageError(code, `The image is damaged or cut short (${reason}); send it again, complete.`, { cause });
}
