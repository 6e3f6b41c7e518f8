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
import { ENVIRONMENT, SEALER, type Environment } from '@waybill/platform';
import { SealedDocumentStore, type Sealer } from '@waybill/sealing';
import { JetStreamBlobEraser } from './jetstream/jetstream-blob-eraser.js';
import { JetStreamDocumentStore } from './jetstream/jetstream-document-store.js';
import { S3BlobEraser } from './s3/s3-blob-eraser.js';
import type { S3Objects } from './s3/s3-objects.js';
import { s3PlaceOf } from './s3/s3-settings.js';

/** The port `DocumentStore` of `@waybill/jobs`. */
export const DOCUMENT_STORE = Symbol('DOCUMENT_STORE');
/** The port `BlobEraser` of `@waybill/jobs`. */
export const BLOB_ERASER = Symbol('BLOB_ERASER');

/** What a bucket of S3 is reached by; nothing where the configuration names none. */
const S3_OBJECTS = Symbol('S3_OBJECTS');

/** Provides DOCUMENT_STORE and BLOB_ERASER. In NATS, bytes are kept for as long as the events that refer to them. */
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
          useFactory: async (nats: NatsConnection, objects: S3Objects | undefined): Promise<BlobEraser> => {
            const inNats = await JetStreamBlobEraser.open(nats);
            return objects ? new S3BlobEraser(objects, inNats) : inNats;
          },
        },
      ],
      exports: [DOCUMENT_STORE, BLOB_ERASER],
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
