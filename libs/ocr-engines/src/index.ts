export {
  chooseOcrEngine,
  createOcrEngine,
  readsLocally,
  readsNothing,
  readsRemotely,
  refuseMissingLanguages,
} from './create-ocr-engine.js';
export { ocrWorkerCount } from './local-engines.js';
export { readingFingerprint } from './reading-fingerprint.js';
