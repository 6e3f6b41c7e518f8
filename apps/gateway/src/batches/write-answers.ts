import { Readable } from 'node:stream';
import type { BatchKey, FileId } from '@waybill/contracts';
import { StageError, type BatchBook, type DocumentStore, type EndedLine } from '@waybill/jobs';
import type { FileDesk } from '../files/file-desk.js';

export interface WriteTools {
  readonly book: BatchBook;
  readonly files: FileDesk;
  readonly store: DocumentStore;
}

export interface WrittenFiles {
  readonly outputFileId?: FileId;
  readonly errorFileId?: FileId;
}

const portion = 200;
const readTogether = 16;
type Part = 'output' | 'errors';

/** Writes what became of a batch's lines into its two files, in the order of the lines. A repeat writes the same bytes. */
export class WriteAnswers {
  constructor(private readonly tools: WriteTools) {}

  async run(key: BatchKey): Promise<WrittenFiles> {
    const batch = await this.tools.book.find(key);
    const { completed = 0, failed = 0 } = batch?.counts ?? {};
    return {
      ...(completed > 0 ? { outputFileId: await this.write(key, 'output') } : {}),
      ...(failed > 0 ? { errorFileId: await this.write(key, 'errors') } : {}),
    };
  }

  /** The lines' own copies of requests and answers are not needed any more. What stays is let go by the store in time. */
  async tidy(key: BatchKey): Promise<void> {
    for await (const { request, ending } of this.lines(key)) {
      for (const blob of ending.kind === 'response' ? [request, ending.body] : [request]) {
        await this.tools.store.remove(blob).catch(ignoreStageError);
      }
    }
  }

  private async write(key: BatchKey, part: Part): Promise<FileId> {
    const { store, files } = this.tools;
    const id = `file-${key.batchId.slice('batch_'.length)}-${part}` as FileId;
    const blob = await store.put(
      key.tenant,
      `files/${id}`,
      Readable.from(this.rows(key, part), { objectMode: false }),
      {
        mediaType: 'application/jsonl',
      },
    );
    await files.shelve({
      tenant: key.tenant,
      id,
      blob,
      filename: `${key.batchId}_${part}.jsonl`,
      purpose: 'batch_output',
    });
    return id;
  }

  private async *rows(key: BatchKey, part: Part): AsyncGenerator<Buffer> {
    let lines: EndedLine[] = [];
    for await (const line of this.lines(key)) {
      if (partOf(line) === part) lines.push(line);
      if (lines.length < readTogether) continue;
      yield* await this.written(key, lines);
      lines = [];
    }
    yield* await this.written(key, lines);
  }

  private written(key: BatchKey, lines: readonly EndedLine[]): Promise<Buffer[]> {
    return Promise.all(lines.map((line) => this.row(key, line)));
  }

  /** The answer's bytes go in as they were stored, which is on one line. */
  private async row({ batchId }: BatchKey, { line, customId, ending }: EndedLine): Promise<Buffer> {
    const id = `batch_req_${batchId.slice('batch_'.length)}_${line}`;
    const head = `{"id":"${id}","custom_id":${JSON.stringify(customId)},"response":`;
    if (ending.kind === 'none') {
      const { code, message } = ending;
      return Buffer.from(`${head}null,"error":${JSON.stringify({ code, message })}}\n`);
    }
    const response = `{"status_code":${ending.statusCode},"request_id":"${id}","body":`;
    const body = await this.tools.store.read(ending.body);
    return Buffer.concat([Buffer.from(head + response), body, Buffer.from('},"error":null}\n')]);
  }

  private async *lines(key: BatchKey): AsyncGenerator<EndedLine> {
    let last = 0;
    for (;;) {
      const lines = await this.tools.book.ended(key, last, portion);
      yield* lines;
      if (lines.length < portion) return;
      last = lines.at(-1)?.line ?? last;
    }
  }
}

/** As OpenAI parts them: what has a good answer, and everything else. */
const partOf = ({ ending }: EndedLine): Part =>
  ending.kind === 'response' && ending.statusCode < 400 ? 'output' : 'errors';

function ignoreStageError(error: unknown): void {
  if (!(error instanceof StageError)) throw error;
}
