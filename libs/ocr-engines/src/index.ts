export { createOcrEngine, ocrWorkerCount, readsNothing, refuseMissingLanguages } from './create-ocr-engine.js';
export { readingFingerprint } from './reading-fingerprint.js';
