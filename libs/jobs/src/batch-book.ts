import type { BatchId, BatchKey, BatchStatus, BlobReference, FileId, Tenant } from '@waybill/contracts';
import type { ListPart } from './file-shelf.js';

/** What is wrong with a batch's input file; `line` counts from 1. */
export interface BatchProblem {
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
  readonly param: string | null;
}

export interface NewBatch {
  readonly tenant: Tenant;
  readonly id: BatchId;
  /** What may be shown of the credential that it was made with; null where that is not known. */
  readonly credential: string | null;
  readonly endpoint: string;
  readonly inputFileId: FileId;
  readonly completionWindow: string;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface Batch extends NewBatch {
  readonly status: BatchStatus;
  readonly errors: readonly BatchProblem[];
  readonly outputFileId: FileId | null;
  readonly errorFileId: FileId | null;
  readonly counts: { readonly total: number; readonly completed: number; readonly failed: number };
  /** When each status was reached. */
  readonly moments: Readonly<Partial<Record<BatchStatus, Date>>>;
}

export interface NewLine {
  /** From 1. */
  readonly line: number;
  readonly customId: string;
  /** The request's body. */
  readonly request: BlobReference;
}

/** What became of a line: a response of the door, good or bad, or the reason why there is none. */
export type LineEnding =
  | { readonly kind: 'response'; readonly statusCode: number; readonly body: BlobReference }
  | { readonly kind: 'none'; readonly code: string; readonly message: string };

export interface EndedLine extends NewLine {
  readonly ending: LineEnding;
}

/** A line that may be answered now. */
export interface BegunLine extends NewLine {
  /** The batch's. */
  readonly credential: string | null;
  readonly status: BatchStatus;
}

/** What a change of status brings with it. */
export interface BatchChange {
  readonly to: BatchStatus;
  readonly at: Date;
  readonly total?: number;
  readonly errors?: readonly BatchProblem[];
  readonly outputFileId?: FileId;
  readonly errorFileId?: FileId;
}

/** Which lines are not to be answered any more. `asking`: somebody is asking a model for it. */
export interface LinesToDrop {
  readonly states: readonly ('pending' | 'asking')[];
  readonly ending: Extract<LineEnding, { kind: 'none' }>;
}

/**
 * Port: batches and their lines. A line ends once, whoever says so first; the counts of its batch change with it.
 * Failures are `StageError`s: `unavailable` (retryable).
 */
export interface BatchBook {
  create(batch: NewBatch): Promise<void>;
  find(key: BatchKey): Promise<Batch | undefined>;
  list(tenant: Tenant, part: ListPart<BatchId>): Promise<Batch[]>;
  /** Batches that have not ended and whose time is over, or that have stood in one step since `quietSince`. */
  due(now: Date, quietSince: Date): Promise<BatchKey[]>;
  /** @returns false when the batch is in none of the statuses `from` */
  change(key: BatchKey, from: readonly BatchStatus[], change: BatchChange): Promise<boolean>;
  /** Lines that are there already stay as they are. */
  addLines(key: BatchKey, lines: readonly NewLine[]): Promise<void>;
  /** Takes a line that has not ended. */
  begin(key: BatchKey, line: number): Promise<BegunLine | undefined>;
  /** Gives a begun line back. */
  giveBack(key: BatchKey, line: number): Promise<void>;
  /** @returns whether the batch has no open line left */
  end(key: BatchKey, line: number, ending: LineEnding): Promise<boolean>;
  drop(key: BatchKey, lines: LinesToDrop): Promise<void>;
  /** With all its lines. @returns how many rows were removed */
  remove(key: BatchKey): Promise<number>;
  hasOpenLines(key: BatchKey): Promise<boolean>;
  /** Lines that have ended, in their order. */
  ended(key: BatchKey, afterLine: number, limit: number): Promise<EndedLine[]>;
}
