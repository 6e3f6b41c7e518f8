export * from './classify-page.js';
export * from './name-document.js';
export type { PageLook } from './page-look.js';
export * from './rate-page.js';
export * from './rate-task.js';
