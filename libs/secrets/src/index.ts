export { findSecrets, type FoundSecret } from './find-secrets.js';
export { maskSecrets } from './mask-secrets.js';
export { secretPatterns } from './secret-patterns.js';
