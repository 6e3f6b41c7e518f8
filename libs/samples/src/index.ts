export * from './draw-samples.js';
