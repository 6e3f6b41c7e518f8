export * from './serve-tasks.js';
export * from './thread-pool.js';
export * from './thread-script.js';
