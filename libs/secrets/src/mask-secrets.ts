import { findSecrets } from './find-secrets.js';

/** The text with `[secret:KIND]` in the place of each secret. */
export function maskSecrets(text: string): string {
  let [masked, at] = ['', 0];
  for (const { kind, start, end } of findSecrets(text)) {
    masked += `${text.slice(at, start)}[secret:${kind}]`;
    at = end;
  }
  return at === 0 ? text : masked + text.slice(at);
}
