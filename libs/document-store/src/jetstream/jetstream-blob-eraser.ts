import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { ObjectInfo } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { documentsBucket, type BlobReference, type JobKey, type Tenant } from '@waybill/contracts';
import type { BlobEraser } from '@waybill/jobs';
import { isMissing } from '@waybill/nats-answers';
import { roomsOfJobs } from '../rooms-of-jobs.js';
import { eraseSubject, subjectsBelow } from './erase-subject.js';
import { answersBucket, placeOfAnswer } from './jetstream-answer-journal.js';
import { readingsBucket } from './jetstream-reading-cache.js';
import { chunksSubject, metaSubjects } from './object-subjects.js';
import { blobsBucket } from './small-blobs.js';
import { translated } from './translated.js';

/**
 * Removes what the buckets hold, without a trace of their names. Chunks of objects are overwritten where they lie; entries
 * of key-value buckets, from which the server allows no single delete, lie in its files until it compacts them.
 */
export class JetStreamBlobEraser implements BlobEraser {
  private constructor(private readonly manager: JetStreamManager) {}

  /** @throws StageError `unavailable` when the server cannot be asked. */
  static async open(nats: NatsConnection): Promise<JetStreamBlobEraser> {
    return await translated('be opened', async () => new JetStreamBlobEraser(await jetstreamManager(nats)));
  }

  async eraseBlobs(tenant: Tenant, references: readonly BlobReference[]): Promise<number> {
    let erased = 0;
    for (const { bucket, key } of references) {
      if (bucket === blobsBucket && key.startsWith(`${tenant}.`)) erased += await this.eraseKey(blobsBucket, key);
      if (bucket === documentsBucket(tenant)) erased += await this.eraseObject(bucket, key);
    }
    return erased;
  }

  async eraseUnder({ tenant, jobId }: JobKey): Promise<number> {
    const isOfJob = (key: string): boolean => roomsOfJobs.some((room) => key.startsWith(`${room}/${jobId}/`));
    const bucket = documentsBucket(tenant);
    const keys = await translated('list blobs', async () => {
      const small = `$KV.${blobsBucket}.${tenant}.`;
      return (await subjectsBelow(this.manager, `KV_${blobsBucket}`, `${small}>`)).map((found) =>
        found.slice(small.length),
      );
    });
    const names = await translated('list objects', async () => {
      const meta = `$O.${bucket}.M.`;
      const found = await subjectsBelow(this.manager, `OBJ_${bucket}`, `${meta}*`);
      return found.map((subject) => Buffer.from(subject.slice(meta.length), 'base64url').toString());
    });
    let erased = 0;
    for (const key of keys.filter(isOfJob)) erased += await this.eraseKey(blobsBucket, `${tenant}.${key}`);
    for (const name of names.filter(isOfJob)) erased += await this.eraseObject(bucket, name);
    return erased;
  }

  async eraseReadings(tenant: Tenant, keys: readonly string[]): Promise<number> {
    let erased = 0;
    for (const key of keys) erased += await this.eraseKey(readingsBucket, `${tenant}.${key}`);
    return erased;
  }

  async eraseAnswers(tenant: Tenant, keys: readonly string[]): Promise<number> {
    let erased = 0;
    for (const key of keys) erased += await this.eraseKey(answersBucket, placeOfAnswer(tenant, key));
    return erased;
  }

  /** @returns 1, or 0 where nothing was */
  private async eraseKey(bucket: string, key: string): Promise<number> {
    return await translated(`erase ${key}`, async () => {
      const filter = `$KV.${bucket}.${key}`;
      const { purged } = await this.manager.streams.purge(`KV_${bucket}`, { filter }).catch(nothingIfMissing);
      return Math.min(1, purged);
    });
  }

  private async eraseObject(bucket: string, name: string): Promise<number> {
    return await translated(`erase ${name}`, async () => {
      const stream = `OBJ_${bucket}`;
      let erased = 0;
      for (const meta of metaSubjects(bucket, name)) {
        const info = await this.infoOf(stream, meta);
        if (!info) continue;
        await eraseSubject(this.manager, stream, chunksSubject(bucket, info.nuid));
        await eraseSubject(this.manager, stream, meta);
        erased = 1;
      }
      return erased;
    });
  }

  private async infoOf(stream: string, subject: string): Promise<Pick<ObjectInfo, 'nuid'> | undefined> {
    try {
      const message = await this.manager.streams.getMessage(stream, { last_by_subj: subject });
      return message?.json<ObjectInfo>();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

const nothingIfMissing = (error: unknown): { purged: number } => {
  if (isMissing(error)) return { purged: 0 };
  throw error;
};
