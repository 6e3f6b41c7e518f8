export * from './access-control.js';
export * from './access-refusal.js';
export * from './api-key.js';
export * from './authenticator.js';
export * from './caller.js';
export * from './key-record.js';
export * from './key-ring.js';
export * from './nats-accounts.js';
