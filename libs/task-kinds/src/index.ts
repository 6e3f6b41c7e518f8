export * from './portions/plan-portions.js';
export * from './portions/portion-limits.js';
export * from './task-kind.js';
export * from './task-kinds.js';
