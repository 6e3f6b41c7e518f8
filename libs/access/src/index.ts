export { ACCESS, AccessModule, type AccessOptions } from './access.module.js';
