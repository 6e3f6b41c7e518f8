export * from './lay-out-page.js';
export * from './ocr-engine.js';
export * from './page-decoder.js';
export * from './page-reading.js';
export * from './render-html.js';
export * from './render-markdown.js';
export * from './render-text.js';
