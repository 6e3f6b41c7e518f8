export * from './rules/rules-provider.js';
