export { isLeaderless, saysLeaderless } from './is-leaderless.js';
export { isMissing, orMissing } from './is-missing.js';
export { isWrongLastSequence } from './is-wrong-last-sequence.js';
export { overwriteMessage } from './overwrite-message.js';
export { untilWritten } from './until-written.js';
export { whenReconnected } from './when-reconnected.js';
