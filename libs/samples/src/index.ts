export * from './draw-samples.js';
export * from './invent-document.js';
