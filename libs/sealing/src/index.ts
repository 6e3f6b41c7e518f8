export type { KeptRecord, KeyBook } from './key-book.js';
export { LocalMasterKeys, newMasterKey, parseMasterKeys } from './local-master-keys.js';
export type { MasterKeys } from './master-keys.js';
export { refusalOfKeys, rotateKeys, type Rotation } from './rotate-keys.js';
export { SealedDocumentStore } from './sealed-document-store.js';
export { openJson, sealJson } from './sealed-json.js';
export { isSealedMessage, openMessage, sealMessage } from './sealed-message.js';
export { KeyedSealer, plainSealer, type Sealer } from './sealer.js';
export { houseTenant, TenantKeys } from './tenant-keys.js';
