export { startModelSimulator, type ModelSimulator } from './models/start-model-simulator.js';
export { simulateTextract } from './ocr/aws-textract/simulate-textract.js';
export { simulateAzure } from './ocr/azure-document-intelligence/simulate-azure.js';
export { drawnPage, rasterOf, svgOf, wordsOf } from './ocr/drawn-page.js';
export { simulateGoogle } from './ocr/google-document-ai/simulate-google.js';
export { simulateMistral } from './ocr/mistral-ocr/simulate-mistral.js';
export type { OcrSimulator } from './ocr/ocr-simulator.js';
export { simulateReducto } from './ocr/reducto/simulate-reducto.js';
export { simulatedEngines } from './ocr/simulated-engines.js';
