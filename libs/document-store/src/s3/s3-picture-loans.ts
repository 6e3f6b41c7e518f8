import { randomBytes } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import type { JobKey, Tenant } from '@waybill/contracts';
import type { LentPicture, PictureLoans } from '@waybill/llm-routing';
import type { S3Objects } from './s3-objects.js';
import type { S3Place } from './s3-settings.js';

/** The key belongs to no tenant's documents: no tenant's name begins with an underscore. */
const folder = (place: S3Place): string => `${place.prefix}_lent/`;

/** Under which everything lies that is lent for a job. */
export const lentUnder = (place: S3Place, { tenant, jobId }: { readonly tenant: Tenant; readonly jobId: string }) =>
  `${folder(place)}${tenant}/${jobId}/`;

/** The longest time that a signature of version 4 may hold. */
const mostS = 7 * 86_400;

interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** Where providers reach the bucket. */
export interface PublicAddress {
  readonly endpoint: string;
  readonly isPathStyle: boolean;
}

/**
 * Lends pictures from the bucket by presigned addresses (Signature Version 4 in the query). A key ends with the second
 * until which it is lent, so that a sweep knows from a listing alone what is over.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export class S3PictureLoans implements PictureLoans {
  constructor(
    private readonly objects: S3Objects,
    private readonly address: PublicAddress,
  ) {}

  async lend(job: JobKey, picture: Picture, until: Date): Promise<LentPicture> {
    return await this.#lendUnder(lentUnder(this.objects.place, job), picture, until);
  }

  async #lendUnder(place: string, { bytes, mediaType }: Picture, until: Date): Promise<LentPicture> {
    const untilS = Math.ceil(until.getTime() / 1_000);
    const random = randomBytes(18).toString('base64url');
    const key = `${place}${random}-${untilS}`;
    const url = await this.#signed(key, untilS);
    const version = await this.objects.putWhole(key, bytes, mediaType);
    return { url, takeBack: async () => void (await this.objects.eraseVersion(key, version).catch(() => undefined)) };
  }

  async takeBackOverdue(now: Date): Promise<number> {
    const nowS = now.getTime() / 1_000;
    const isOver = (key: string): boolean => Number(/-(\d+)$/.exec(key)?.[1] ?? Infinity) < nowS;
    return await this.objects.eraseUnder(folder(this.objects.place), isOver);
  }

  /** Fetches something of its own by its address, as a provider would. Rejects with what came instead. */
  async examine(): Promise<void> {
    const bytes = Buffer.from('Waybill tries whether pictures can be fetched here.');
    const place = `${folder(this.objects.place)}_doctor/`;
    const lent = await this.#lendUnder(place, { bytes, mediaType: 'text/plain' }, new Date(Date.now() + 60_000));
    try {
      const answer = await fetch(lent.url, { signal: AbortSignal.timeout(10_000) });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      if (!Buffer.from(await answer.arrayBuffer()).equals(bytes)) throw new Error('other bytes');
    } finally {
      await lent.takeBack();
    }
  }

  async #signed(key: string, untilS: number): Promise<string> {
    const { accessKeyId, secretAccessKey, sessionToken, region } = await this.objects.signer();
    const url = this.#addressOf(key);
    const leftS = Math.max(1, Math.ceil(untilS - Date.now() / 1_000));
    url.searchParams.set('X-Amz-Expires', String(Math.min(mostS, leftS)));
    const signer = new AwsV4Signer({
      ...{ url: url.href, method: 'GET', service: 's3', region, signQuery: true },
      ...{ accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    });
    return (await signer.sign()).url.href;
  }

  #addressOf(key: string): URL {
    const { endpoint, isPathStyle } = this.address;
    const { bucket } = this.objects.place;
    const url = new URL(endpoint);
    if (!isPathStyle) url.host = `${bucket}.${url.host}`;
    const path = (isPathStyle ? `${bucket}/${key}` : key).split('/').map(encodeURIComponent).join('/');
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
    return url;
  }
}
