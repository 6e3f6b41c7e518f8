export * from './catalog.js';
export * from './choose-model.js';
export * from './model-provider.js';
export * from './shipped-catalog.js';
