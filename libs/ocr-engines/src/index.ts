export { createOcrEngine, ocrWorkerCount, readsNothing } from './create-ocr-engine.js';
