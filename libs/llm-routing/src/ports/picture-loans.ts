import type { JobKey } from '@waybill/contracts';

/** A picture that can be fetched from an address for a while. */
export interface LentPicture {
  /** Whoever has it can fetch the picture: never to be logged or kept. */
  readonly url: string;
  /** Removes it before its time. Never rejects: what stays is removed when its time is over. */
  takeBack(): Promise<void>;
}

/**
 * Port: lends pictures to providers, which fetch them by themselves. What is lent is readable without a key of ours, so
 * only what a call would send anyway is.
 */
export interface PictureLoans {
  /** Fetchable until then. Rejects with a retryable `StageError` when the store is away. */
  lend(
    job: JobKey,
    picture: { readonly bytes: Uint8Array; readonly mediaType: string },
    until: Date,
  ): Promise<LentPicture>;
  /** Removes what was lent until before `now` and never taken back. @returns how many there were */
  takeBackOverdue(now: Date): Promise<number>;
}
