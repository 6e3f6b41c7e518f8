export { DOCUMENT_STORE, DocumentStoreModule } from './document-store.module.js';
export { JetStreamDocumentStore } from './jetstream/jetstream-document-store.js';
export { type StoreOptions } from './jetstream/store-options.js';
