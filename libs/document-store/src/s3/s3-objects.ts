import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ConfigurationError } from '@waybill/platform';
import type { ByteSource } from '../byte-stream.js';
import { lifecycleRemarks, trialKey } from './examine-bucket.js';
import { asked, isMissingObject, isNotImplemented, isReplacedObject } from './s3-failure.js';
import { s3PlaceOf, type S3Environment, type S3Place } from './s3-settings.js';
import { upload } from './s3-upload.js';

const connectTimeoutMs = 5_000;
const silenceTimeoutMs = 60_000;
/** As many as a service works on at once, and some. */
const maxSockets = 256;
/** Servers of one's own mostly take any region, but a signature needs one. */
const anyRegion = 'us-east-1';

/** An object's bytes from some place on, as they come. */
export interface S3Bytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Of these very bytes; to go on with them after a break. */
  readonly version: string | undefined;
}

/** What signs requests: an access key, and the region that goes into the signature. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
}

/** One version of an object. */
interface StoredObject {
  readonly Key: string;
  readonly VersionId?: string;
}

/** Objects in one bucket, by their whole keys. */
export class S3Objects {
  private constructor(
    private readonly client: S3Client,
    readonly place: S3Place,
  ) {}

  /** Asks nothing yet. @throws ConfigurationError when the configuration names no bucket of S3 */
  static of(environment: S3Environment): S3Objects {
    const place = s3PlaceOf(environment.WAYBILL_DOCUMENT_STORE);
    if (!place) throw new ConfigurationError('WAYBILL_DOCUMENT_STORE names no bucket; write s3://BUCKET/PREFIX.');
    return new S3Objects(clientOf(environment), place);
  }

  async put(key: string, source: ByteSource): Promise<void> {
    await upload(this.client, this.#target(key), source);
  }

  /** Writes what is small at once, with its type. @returns the version, where the bucket keeps several */
  async putWhole(key: string, Body: Uint8Array, ContentType: string): Promise<string | undefined> {
    const command = new PutObjectCommand({ ...this.#target(key), Body, ContentType });
    return (await asked(`store ${key}`, () => this.client.send(command))).VersionId;
  }

  /** What requests to the bucket are signed by now. */
  async signer(): Promise<SigningKey> {
    const { credentials, region } = this.client.config;
    return { ...(await asked('find credentials', () => credentials())), region: await region() };
  }

  /** @returns undefined for an object that is not there, or is not that version any more */
  async get(key: string, fromByte: number, version: string | undefined): Promise<S3Bytes | undefined> {
    const range = fromByte > 0 ? { Range: `bytes=${fromByte}-` } : {};
    const same = version === undefined ? {} : { IfMatch: version };
    return await asked(`read ${key}`, async () => {
      try {
        const answer = await this.client.send(new GetObjectCommand({ ...this.#target(key), ...range, ...same }));
        return { bytes: answer.Body as AsyncIterable<Uint8Array>, version: answer.ETag };
      } catch (error) {
        if (isMissingObject(error) || isReplacedObject(error)) return undefined;
        throw error;
      }
    });
  }

  /** Removes every version of the object. @returns 1, or 0 where nothing was */
  async erase(key: string): Promise<number> {
    const versions = (await this.#versionsUnder(key)).filter(({ Key }) => Key === key);
    await this.#eraseAll(versions);
    return Math.min(1, versions.length);
  }

  async eraseVersion(key: string, version: string | undefined): Promise<void> {
    await this.#eraseAll([{ Key: key, ...(version === undefined ? {} : { VersionId: version }) }]);
  }

  /** Removes every version of every object whose key begins so, or of those chosen. @returns how many there were */
  async eraseUnder(prefix: string, isChosen: (key: string) => boolean = () => true): Promise<number> {
    const versions = (await this.#versionsUnder(prefix)).filter(({ Key }) => isChosen(Key));
    await this.#eraseAll(versions);
    return new Set(versions.map(({ Key }) => Key)).size;
  }

  /** Rejects with a sentence when the bucket is not there or refuses us. */
  async check(): Promise<void> {
    await asked('be opened', async () => {
      try {
        await this.client.send(new HeadBucketCommand({ Bucket: this.place.bucket }));
      } catch (error) {
        // An answer to HEAD has no body, and so no code.
        throw isMissingObject(error) ? Object.assign(new Error(), { name: 'NoSuchBucket', cause: error }) : error;
      }
    });
  }

  /**
   * Writes, reads and removes an object of its own. Rejects with a sentence for what is not allowed.
   * @returns what should be said about the bucket's lifecycle rules
   */
  async examine(): Promise<string[]> {
    await this.check();
    const key = trialKey(this.place);
    await this.put(key, [Buffer.from('Waybill tries whether it may write here.')]);
    const found = await this.get(key, 0, undefined);
    for await (const _chunk of found?.bytes ?? []) continue;
    await this.erase(key);
    return await lifecycleRemarks(this.client, this.place);
  }

  close(): void {
    this.client.destroy();
  }

  #target(Key: string): { Bucket: string; Key: string } {
    return { Bucket: this.place.bucket, Key };
  }

  /** One by one: not every server takes several in one request. */
  async #eraseAll(versions: readonly StoredObject[]): Promise<void> {
    for (const version of versions) {
      const { bucket: Bucket } = this.place;
      await asked(`erase ${version.Key}`, () => this.client.send(new DeleteObjectCommand({ Bucket, ...version })));
    }
  }

  async #versionsUnder(prefix: string): Promise<StoredObject[]> {
    return await asked('list objects', async () => {
      try {
        return await this.#listVersions(prefix);
      } catch (error) {
        if (isNotImplemented(error)) return await this.#listObjects(prefix);
        throw error;
      }
    });
  }

  /** Where a bucket keeps versions, a plain delete would only hide what lies there. */
  async #listVersions(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    let after: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (after) {
      const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({
        Bucket: this.place.bucket,
        Prefix: prefix,
        ...after,
      });
      const page = await this.client.send(command);
      for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
        if (Key !== undefined) found.push({ Key, ...(VersionId === undefined ? {} : { VersionId }) });
      }
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
      after = page.IsTruncated
        ? { ...(KeyMarker === undefined ? {} : { KeyMarker }), ...(VersionIdMarker ? { VersionIdMarker } : {}) }
        : undefined;
    }
    return found;
  }

  async #listObjects(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    let after: { ContinuationToken?: string } | undefined = {};
    while (after) {
      const command: ListObjectsV2Command = new ListObjectsV2Command({
        Bucket: this.place.bucket,
        Prefix: prefix,
        ...after,
      });
      const { Contents = [], NextContinuationToken: next } = await this.client.send(command);
      found.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : { Key })));
      after = next === undefined ? undefined : { ContinuationToken: next };
    }
    return found;
  }
}

function clientOf(environment: S3Environment): S3Client {
  const {
    WAYBILL_S3_ACCESS_KEY_ID: accessKeyId,
    WAYBILL_S3_SECRET_ACCESS_KEY: secretAccessKey,
    WAYBILL_S3_SESSION_TOKEN: sessionToken,
    WAYBILL_S3_ENDPOINT: endpoint,
  } = environment;
  return new S3Client({
    region: environment.WAYBILL_S3_REGION ?? anyRegion,
    forcePathStyle: environment.WAYBILL_S3_PATH_STYLE,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } }),
    // Digests are ours, of the whole document; checksums of the protocol's newer kind are refused by many servers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      socketTimeout: silenceTimeoutMs,
      httpAgent: { keepAlive: true, maxSockets },
      httpsAgent: { keepAlive: true, maxSockets },
    },
  });
}
