export { BLOB_ERASER, DOCUMENT_STORE, DocumentStoreModule } from './document-store.module.js';
export { READING_CACHE, ReadingCacheModule } from './reading-cache.module.js';
export { JetStreamReadingCache, type ReadingCacheOptions } from './jetstream/jetstream-reading-cache.js';
export { JetStreamDocumentStore } from './jetstream/jetstream-document-store.js';
export { type StoreOptions } from './jetstream/store-options.js';
export { BATCH_BOOK, BatchBookModule } from './batch-book.module.js';
export { JetStreamBatchBook } from './jetstream/jetstream-batch-book.js';
export { ANSWER_JOURNAL, AnswerJournalModule } from './answer-journal.module.js';
export { JetStreamAnswerJournal } from './jetstream/jetstream-answer-journal.js';
