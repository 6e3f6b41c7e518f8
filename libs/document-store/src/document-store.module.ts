import { Module, type DynamicModule, type InjectionToken, type ModuleMetadata } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { streams } from '@waybill/contracts';
import type { BlobEraser, DocumentStore } from '@waybill/jobs';
import { ENVIRONMENT, SEALER, type Environment } from '@waybill/platform';
import { SealedDocumentStore, type Sealer } from '@waybill/sealing';
import { JetStreamBlobEraser } from './jetstream/jetstream-blob-eraser.js';
import { JetStreamDocumentStore } from './jetstream/jetstream-document-store.js';

/** The port `DocumentStore` of `@waybill/jobs`. */
export const DOCUMENT_STORE = Symbol('DOCUMENT_STORE');
/** The port `BlobEraser` of `@waybill/jobs`. */
export const BLOB_ERASER = Symbol('BLOB_ERASER');

/** Provides DOCUMENT_STORE. Bytes are kept for as long as the events that refer to them. */
@Module({})
export class DocumentStoreModule {
  /**
   * The store inside NATS, over a connection that somebody else opens and closes.
   * @param connection token of a NatsConnection; `imports` are the modules that provide it, unless they are global.
   */
  static forConnection(connection: InjectionToken, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: DocumentStoreModule,
      imports,
      providers: [
        {
          provide: DOCUMENT_STORE,
          inject: [connection, ENVIRONMENT, SEALER],
          useFactory: async (
            nats: NatsConnection,
            environment: Environment,
            sealer: Sealer,
          ): Promise<DocumentStore> => {
            const store = await JetStreamDocumentStore.open(nats, {
              replicas: environment.WAYBILL_STREAM_REPLICAS,
              keepMs: streams.events.maxAgeMs,
            });
            return sealer.isOn ? new SealedDocumentStore(store, sealer) : store;
          },
        },
        {
          provide: BLOB_ERASER,
          inject: [connection],
          useFactory: (nats: NatsConnection): Promise<BlobEraser> => JetStreamBlobEraser.open(nats),
        },
      ],
      exports: [DOCUMENT_STORE, BLOB_ERASER],
    };
  }
}
