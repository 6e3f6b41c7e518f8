import type { Finding, Guardrail } from '../guardrail.js';

const id = 'codes-and-links';
const address = /(?:https?:\/\/|www\.)[^\s<>"')\]]+/giu;
/** Addresses that are written so that their reader is mistaken about where they go. */
const deceits: readonly { readonly pattern: RegExp; readonly remark: string }[] = [
  { pattern: /^https?:\/\/[^/\s]*@/i, remark: 'a name before @ hides the server' },
  { pattern: /^https?:\/\/(?:\d{1,3}\.){3}\d{1,3}(?:[:/]|$)/, remark: 'a bare address instead of a name' },
  { pattern: /^https?:\/\/[^/]*xn--/i, remark: 'a name in another script' },
  { pattern: /^(?:javascript|data|file|vbscript):/i, remark: 'no web address' },
  {
    pattern: /[?&](?:data|q|d|payload|secret|text|content|exfil)=(?:\{|\[|<|%7B|\$)/i,
    remark: 'a place to put data in',
  },
  {
    pattern: /^https?:\/\/(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|ow\.ly|rb\.gy|cutt\.ly)\//i,
    remark: 'a shortened address',
  },
];

/** Codes that lead somewhere, and links that hide where they lead. */
export const codesAndLinks: Guardrail = {
  id,
  places: ['before-model'],
  usesPicture: true,
  kinds: ['code', 'link'],
  inspect: ({ view: { text }, codes = [] }) => [
    ...codes.flatMap(({ text: said, format, box }): Finding[] =>
      /[a-z]+:/i.test(said)
        ? [
            {
              guardrail: id,
              kind: 'code',
              score: deceitOf(said) ? 0.9 : 0.5,
              boxes: [box],
              text: said,
              remark: deceitOf(said) ?? format,
            },
          ]
        : [],
    ),
    ...[...text.matchAll(address)].flatMap(({ 0: said, index }): Finding[] => {
      const remark = deceitOf(said);
      return remark === undefined
        ? []
        : [{ guardrail: id, kind: 'link', score: 0.7, span: { start: index, end: index + said.length }, remark }];
    }),
  ],
};

const deceitOf = (said: string): string | undefined => deceits.find(({ pattern }) => pattern.test(said))?.remark;
