export { KeyManagementModule } from './key-management.module.js';
export { masterKeysOf } from './master-keys-of.js';
