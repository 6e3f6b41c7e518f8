/** Written as `\u0000` or a surrogate by JSON.stringify; Postgres takes neither in jsonb. */
const suspicious = /\\u(?:0000|d[89a-f])/;
/** With the `u` flag, paired surrogates are one character, so that only unpaired ones match. */
const refused = /[\u0000\p{Surrogate}]/gu;

/**
 * JSON that Postgres takes as jsonb. It refuses U+0000 and unpaired surrogates, which text read from documents may
 * hold; they become U+FFFD, the replacement character.
 */
export function postgresJson(value: unknown): string {
  const json = JSON.stringify(value);
  return suspicious.test(json) ? JSON.stringify(cleaned(value)) : json;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(refused, '\ufffd');
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [String(cleaned(key)), cleaned(entry)]));
}
