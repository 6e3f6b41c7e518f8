export { createOcrEngine, ocrWorkerCount, readsNothing, refuseMissingLanguages } from './create-ocr-engine.js';
