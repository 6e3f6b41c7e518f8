export { limitsOf, type DocumentLimits } from './document-limits.js';
export { DocumentReader, type DocumentReaderOptions } from './document-reader.js';
export { inspectDocument, type DocumentFacts } from './inspect-document.js';
