/** Copies of a prompt have the same key, however they are spaced or spelled. */
export const promptKey = (prompt: string): string =>
  (prompt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [prompt]).join(' ');
