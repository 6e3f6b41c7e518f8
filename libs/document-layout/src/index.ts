export * from './lay-out-page.js';
export * from './ocr-engine.js';
export * from './page-reading.js';
