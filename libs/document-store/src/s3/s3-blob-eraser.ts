import type { BlobReference, JobKey, Tenant } from '@waybill/contracts';
import type { BlobEraser } from '@waybill/jobs';
import { roomsOfJobs } from '../rooms-of-jobs.js';
import type { S3Objects } from './s3-objects.js';
import { lentUnder } from './s3-picture-loans.js';
import { bucketName } from './s3-settings.js';

/**
 * Removes what the bucket holds, every version of it, and what of the same jobs lies in NATS: objects of clients, cached
 * readings, paid answers, and what was stored before the bucket was configured.
 */
export class S3BlobEraser implements BlobEraser {
  constructor(
    private readonly objects: S3Objects,
    private readonly inNats: BlobEraser,
  ) {}

  async eraseBlobs(tenant: Tenant, references: readonly BlobReference[]): Promise<number> {
    const bucket = bucketName(this.objects.place);
    let erased = 0;
    for (const reference of references) {
      const isTenants = reference.key.startsWith(this.#keyOf(tenant, ''));
      if (reference.bucket === bucket && isTenants) erased += await this.objects.erase(reference.key);
    }
    const others = references.filter((reference) => reference.bucket !== bucket);
    return erased + (await this.inNats.eraseBlobs(tenant, others));
  }

  async eraseUnder(job: JobKey): Promise<number> {
    const { tenant, jobId } = job;
    let erased = await this.objects.eraseUnder(lentUnder(this.objects.place, job));
    for (const room of roomsOfJobs) {
      erased += await this.objects.eraseUnder(this.#keyOf(tenant, `${room}/${jobId}/`));
    }
    return erased + (await this.inNats.eraseUnder(job));
  }

  eraseReadings(tenant: Tenant, keys: readonly string[]): Promise<number> {
    return this.inNats.eraseReadings(tenant, keys);
  }

  eraseAnswers(tenant: Tenant, keys: readonly string[]): Promise<number> {
    return this.inNats.eraseAnswers(tenant, keys);
  }

  #keyOf(tenant: Tenant, key: string): string {
    return `${this.objects.place.prefix}${tenant}/${key}`;
  }
}
