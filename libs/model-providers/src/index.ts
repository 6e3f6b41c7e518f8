export * from './catalog-file/read-catalog.js';
export * from './chat-wire/create-chat-wire.js';
export * from './configured-providers.js';
export * from './create-model-provider.js';
export * from './rules/rules-provider.js';
export * from './policy-file/watched-policy.js';
export * from './policy-file/watched-prior.js';
export * from './policy-file/watched-table.js';
