export { createModerators } from './create-moderators.js';
export { lookAtPicture, type PictureLook } from './pictures/look-at-picture.js';
export { WatchedGuardrails } from './policy-file/watched-guardrails.js';
