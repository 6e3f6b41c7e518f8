import type { BatchStatus } from '@waybill/contracts';
import type { Batch, ShelvedFile } from '@waybill/jobs';

const seconds = (at: Date | undefined): number | null => (at ? Math.floor(at.getTime() / 1_000) : null);

/** A batch as OpenAI writes it. */
export function batchView(batch: Batch): object {
  const at = (status: BatchStatus): number | null => seconds(batch.moments[status]);
  return {
    ...{ id: batch.id, object: 'batch', endpoint: batch.endpoint },
    errors: batch.errors.length > 0 ? { object: 'list', data: batch.errors } : null,
    ...{ input_file_id: batch.inputFileId, completion_window: batch.completionWindow, status: batch.status },
    ...{ output_file_id: batch.outputFileId, error_file_id: batch.errorFileId },
    ...{ created_at: seconds(batch.createdAt), expires_at: seconds(batch.expiresAt) },
    ...{ in_progress_at: at('in_progress'), finalizing_at: at('finalizing'), completed_at: at('completed') },
    ...{ failed_at: at('failed'), expired_at: at('expired') },
    ...{ cancelling_at: at('cancelling'), cancelled_at: at('cancelled') },
    ...{ request_counts: batch.counts, metadata: batch.metadata },
  };
}

/** A file as OpenAI writes it. */
export const fileView = ({ id, blob, createdAt, expiresAt, filename, purpose }: ShelvedFile): object => ({
  ...{ id, object: 'file', bytes: blob.sizeBytes, filename, purpose, status: 'processed' },
  ...{ created_at: seconds(createdAt), expires_at: seconds(expiresAt) },
});

/** A part of a list; `found` has one more than wanted where there is more. */
export function listView<Item extends { readonly id: string }>(
  found: readonly Item[],
  limit: number,
  view: (item: Item) => object,
): object {
  const shown = found.slice(0, limit);
  return {
    ...{ object: 'list', data: shown.map(view), has_more: found.length > limit },
    ...{ first_id: shown[0]?.id ?? null, last_id: shown.at(-1)?.id ?? null },
  };
}
