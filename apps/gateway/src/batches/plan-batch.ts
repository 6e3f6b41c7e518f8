import type { BatchKey } from '@waybill/contracts';
import type { Batch, BatchBook, BatchProblem, BatchQueue, Clock, DocumentStore, NewLine } from '@waybill/jobs';
import type { FileDesk } from '../files/file-desk.js';
import { DoorError } from '../http/door-error.js';
import { isProblem, readBatchLine, type BatchLine } from './read-batch-line.js';
import { readLines } from './read-lines.js';

export interface PlanTools {
  readonly book: BatchBook;
  readonly queue: BatchQueue;
  readonly files: FileDesk;
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly maxLineBytes: number;
}

const mostLines = 50_000;
const mostProblems = 50;
/** Lines are stored together, so many or so many bytes of them. */
const together = { lines: 64, bytes: 8_388_608 };

/** Reads a batch's file into lines: once to see whether all of them can be asked, once to queue them. */
export class PlanBatch {
  constructor(private readonly tools: PlanTools) {}

  /** A repeat adds and queues nothing twice. A batch that is not to be begun any more is left as it is. */
  async run(key: BatchKey, batch: Batch): Promise<void> {
    const { book, clock } = this.tools;
    const { total, errors } = await this.look(batch);
    const known = { at: clock.now(), ...(errors.length > 0 ? { errors } : { total }) };
    // The total is known before the first line can end.
    const to = errors.length > 0 ? 'failed' : 'validating';
    if (!(await book.change(key, ['validating'], { to, ...known })) || to === 'failed') return;
    for await (const lines of this.portions(batch)) await this.queue(key, batch, lines);
    await book.change(key, ['validating'], { to: 'in_progress', at: clock.now() });
  }

  private async look(batch: Batch): Promise<{ readonly total: number; readonly errors: readonly BatchProblem[] }> {
    const errors: BatchProblem[] = [];
    const ids = new Set<string>();
    let total = 0;
    try {
      for await (const read of this.linesOf(batch)) {
        total += 1;
        if (isProblem(read)) errors.push(read);
        else if (ids.has(read.customId)) errors.push(twice(read));
        else ids.add(read.customId);
        if (total > mostLines)
          errors.push(about('too_many_lines', `A batch has at most ${mostLines} lines; make more batches.`));
        if (errors.length >= mostProblems || total > mostLines) break;
      }
    } catch (error) {
      if (!(error instanceof DoorError)) throw error;
      errors.push(about(error.code, error.message));
    }
    if (total === 0 && errors.length === 0) errors.push(about('empty_file', 'The file has no lines; upload another.'));
    return { total, errors };
  }

  private async queue(key: BatchKey, { expiresAt }: Batch, lines: readonly BatchLine[]): Promise<void> {
    const { book, queue } = this.tools;
    await book.addLines(key, await Promise.all(lines.map((line) => this.stored(key, line))));
    const deadline = expiresAt.toISOString();
    await Promise.all(lines.map(({ line }) => queue.answerLine({ version: 1, ...key, line, deadline })));
  }

  private async stored({ tenant, batchId }: BatchKey, { line, customId, body }: BatchLine): Promise<NewLine> {
    const request = await this.tools.store.put(tenant, `batches/${batchId}/${line}/request`, body);
    return { line, customId, request };
  }

  private async *portions(batch: Batch): AsyncGenerator<BatchLine[]> {
    let lines: BatchLine[] = [];
    let bytes = 0;
    for await (const read of this.linesOf(batch)) {
      if (isProblem(read)) continue;
      lines.push(read);
      bytes += read.body.length;
      if (lines.length < together.lines && bytes < together.bytes) continue;
      yield lines;
      [lines, bytes] = [[], 0];
    }
    if (lines.length > 0) yield lines;
  }

  private async *linesOf({ tenant, inputFileId }: Batch): AsyncGenerator<BatchLine | BatchProblem> {
    const bytes = await this.tools.files.content(tenant, inputFileId);
    for await (const line of readLines(bytes, this.tools.maxLineBytes)) yield readBatchLine(line);
  }
}

const about = (code: string, message: string): BatchProblem => ({ code, message, line: null, param: null });

const twice = ({ line, customId }: BatchLine): BatchProblem => ({
  ...{ line, code: 'duplicate_custom_id', param: 'custom_id' },
  message: `The custom_id "${customId}" stands in an earlier line; give each line its own.`,
});
