export * from './classify-document.js';
export * from './classify-page.js';
export * from './kind-advisor.js';
export { classOfKind } from './name-page.js';
export type { PageLook } from './page-look.js';
export * from './rate-page.js';
export * from './rate-task.js';
