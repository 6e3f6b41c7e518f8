import {
  Inject,
  Module,
  type DynamicModule,
  type InjectionToken,
  type ModuleMetadata,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { streams } from '@waybill/contracts';
import type { BlobEraser, DocumentStore } from '@waybill/jobs';
import type { PictureLoans } from '@waybill/llm-routing';
import { ENVIRONMENT, SEALER, type Environment } from '@waybill/platform';
import { SealedDocumentStore, type Sealer } from '@waybill/sealing';
import { JetStreamBlobEraser } from './jetstream/jetstream-blob-eraser.js';
import { JetStreamDocumentStore } from './jetstream/jetstream-document-store.js';
import type { S3Objects } from './s3/s3-objects.js';
import { s3PlaceOf } from './s3/s3-settings.js';

/** The port `DocumentStore` of `@waybill/jobs`. */
export const DOCUMENT_STORE = Symbol('DOCUMENT_STORE');
/** The port `BlobEraser` of `@waybill/jobs`. */
export const BLOB_ERASER = Symbol('BLOB_ERASER');

/** The port `PictureLoans` of `@waybill/llm-routing`; undefined where pictures cannot be lent by address. */
export const PICTURE_LOANS = Symbol('PICTURE_LOANS');

/** What a bucket of S3 is reached by; nothing where the configuration names none. */
const S3_OBJECTS = Symbol('S3_OBJECTS');

/** Provides DOCUMENT_STORE, BLOB_ERASER and PICTURE_LOANS. In NATS, bytes are kept for as long as the events that refer to them. */
@Module({})
export class DocumentStoreModule implements OnApplicationShutdown {
  constructor(@Inject(S3_OBJECTS) private readonly objects: S3Objects | undefined) {}

  /**
   * The store that the configuration names: inside NATS, over a connection that somebody else opens and closes, or in S3.
   * @param connection token of a NatsConnection; `imports` are the modules that provide it, unless they are global.
   */
  static forConnection(connection: InjectionToken, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: DocumentStoreModule,
      imports,
      providers: [
        { provide: S3_OBJECTS, inject: [ENVIRONMENT], useFactory: openBucket },
        {
          provide: DOCUMENT_STORE,
          inject: [connection, S3_OBJECTS, ENVIRONMENT, SEALER],
          useFactory: openStore,
        },
        {
          provide: BLOB_ERASER,
          inject: [connection, S3_OBJECTS],
          useFactory: openEraser,
        },
        { provide: PICTURE_LOANS, inject: [S3_OBJECTS, ENVIRONMENT], useFactory: openLoans },
      ],
      exports: [DOCUMENT_STORE, BLOB_ERASER, PICTURE_LOANS],
    };
  }

  onApplicationShutdown(): void {
    this.objects?.close();
  }
}

/** The client of S3 is large, so it is loaded only where it is used. */
async function openBucket(environment: Environment): Promise<S3Objects | undefined> {
  if (!s3PlaceOf(environment.WAYBILL_DOCUMENT_STORE)) return undefined;
  const { S3Objects } = await import('./s3/s3-objects.js');
  return S3Objects.of(environment);
}

async function openStore(
  nats: NatsConnection,
  objects: S3Objects | undefined,
  environment: Environment,
  sealer: Sealer,
): Promise<DocumentStore> {
  const inNats = await JetStreamDocumentStore.open(nats, {
    replicas: environment.WAYBILL_STREAM_REPLICAS,
    keepMs: streams.events.maxAgeMs,
  });
  await objects?.check();
  const store = objects ? await openS3Store(objects, inNats) : inNats;
  return sealer.isOn ? new SealedDocumentStore(store, sealer) : store;
}

async function openS3Store(objects: S3Objects, inNats: DocumentStore): Promise<DocumentStore> {
  const { S3DocumentStore } = await import('./s3/s3-document-store.js');
  return new S3DocumentStore(objects, inNats);
}

async function openEraser(nats: NatsConnection, objects: S3Objects | undefined): Promise<BlobEraser> {
  const inNats = await JetStreamBlobEraser.open(nats);
  if (!objects) return inNats;
  const { S3BlobEraser } = await import('./s3/s3-blob-eraser.js');
  return new S3BlobEraser(objects, inNats);
}

async function openLoans(
  objects: S3Objects | undefined,
  { WAYBILL_S3_PUBLIC_ENDPOINT: endpoint, WAYBILL_S3_PATH_STYLE: isPathStyle }: Environment,
): Promise<PictureLoans | undefined> {
  if (!objects || endpoint === undefined) return undefined;
  const { S3PictureLoans } = await import('./s3/s3-picture-loans.js');
  return new S3PictureLoans(objects, { endpoint, isPathStyle });
}
