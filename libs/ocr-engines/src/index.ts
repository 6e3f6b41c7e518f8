export { chooseOcrEngine, createOcrEngine, readsNothing, refuseMissingLanguages } from './create-ocr-engine.js';
export { ocrWorkerCount } from './local-engines.js';
export { readingFingerprint } from './reading-fingerprint.js';
export type { SelfTestPage } from './self-test/choose-engine.js';
