export * from './catalog-file/read-catalog.js';
export * from './rules/rules-provider.js';
