import type { Failure, JobFinished, JobResult, PageEnded, Tenant } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { openJson, sealJson, type Sealer } from '@waybill/sealing';
import type { StoredState, JobRow } from './job-row.js';

/** A JSON column whose content is encrypted: base64. */
interface Sealed {
  readonly sealed: string;
}

interface Owner {
  readonly tenant: string;
  readonly jobId: string;
}

const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string';

/**
 * Encrypts what rows hold of content, and decrypts it. Columns that are searched stay readable: moments, status, kind of
 * task, tags, counts of pages, reasons to wait. Each value is bound to its tenant, job and column.
 */
export class SealedRows {
  constructor(private readonly sealer: Sealer) {}

  /** What a job's row is to be stored as. */
  async sealJob(row: JobRow): Promise<object> {
    if (!this.sealer.isOn) return row;
    const owner = { tenant: row.tenant, jobId: row.job_id };
    const { accepted, planned, progress } = row;
    const { pages, finished } = progress;
    const told: ToldFailures = { failures: pages.failures, problems: finished?.problems ?? [] };
    return {
      ...row,
      accepted: accepted && (await this.close(owner, 'accepted', accepted)),
      planned: planned && {
        documents: planned.documents.map(({ pages: count }) => ({ pages: count })),
        ...(await this.close(owner, 'planned', planned)),
      },
      progress: {
        ...progress,
        pages: { ...pages, failures: [] },
        ...(finished ? { finished: { ...finished, problems: [] } } : {}),
        ...(await this.close(owner, 'progress', told)),
      },
    };
  }

  async openJob<Row extends StoredState>(row: Row): Promise<Row> {
    const accepted = await this.open(row, 'accepted', row.accepted, null);
    const planned = await this.open(row, 'planned', row.planned, null);
    if (!isSealed(row.progress)) return { ...row, accepted, planned };
    const { sealed, ...progress } = row.progress;
    const told = await this.open<Sealed | ToldFailures>(row, 'progress', { sealed }, noFailures);
    const { failures, problems } = told as ToldFailures;
    const { pages, finished } = progress;
    const ended = finished ? { finished: { ...finished, problems } } : {};
    return { ...row, accepted, planned, progress: { ...progress, pages: { ...pages, failures }, ...ended } };
  }

  async sealPage(ended: PageEnded): Promise<object> {
    if (!this.sealer.isOn || ended.type === 'page-read') return ended;
    return { ...ended, failure: await this.close(ended, 'failure', ended.failure) };
  }

  openFailure(owner: Owner, failure: Failure): Promise<Failure> {
    return this.open(owner, 'failure', failure, erased);
  }

  async sealResult(event: JobFinished): Promise<object> {
    if (!this.sealer.isOn) return event;
    const { result, problems } = event;
    return { ...event, result: await this.close(event, 'result', { result, problems }), problems: [] };
  }

  async openResult(
    row: Owner & { readonly result: JobResult | null; readonly problems: readonly Failure[] },
  ): Promise<Ending> {
    const { result, problems } = row;
    if (isSealed(result)) return (await this.open<object>(row, 'result', result, { problems: [erased] })) as Ending;
    return { ...(result ? { result } : {}), problems: [...problems] };
  }

  async sealReceipt(owner: Owner, receipt: object): Promise<object> {
    return this.sealer.isOn ? await this.close(owner, 'receipt', receipt) : receipt;
  }

  /** Undefined for one whose key was erased. */
  async openReceipt<Receipt extends object>(owner: Owner, receipt: Receipt): Promise<Receipt | undefined> {
    return (await this.open<Receipt | null>(owner, 'receipt', receipt, null)) ?? undefined;
  }

  private async close({ tenant, jobId }: Owner, column: string, value: unknown): Promise<Sealed> {
    return { sealed: await sealJson(this.sealer, tenant as Tenant, `row ${jobId} ${column}`, value) };
  }

  /** @param gone what stands for a value whose key was erased */
  private async open<Value>({ tenant, jobId }: Owner, column: string, value: Value, gone: Value): Promise<Value> {
    if (!isSealed(value)) return value;
    try {
      return (await openJson(this.sealer, tenant as Tenant, `row ${jobId} ${column}`, value.sealed)) as Value;
    } catch (error) {
      if (error instanceof StageError && !error.retryable) return gone;
      throw error;
    }
  }
}

type Ending = Pick<JobFinished, 'result' | 'problems'>;

interface ToldFailures {
  readonly failures: readonly Failure[];
  readonly problems: readonly Failure[];
}

const noFailures: ToldFailures = { failures: [], problems: [] };

/** Stands where content was that cannot be read any more. */
const erased: Failure = {
  code: 'document-not-found',
  message: 'The keys of this tenant were erased; what was stored before cannot be read any more.',
};
