import type { EnclosingFormat } from './document-format.js';
import { unpackMail } from './mail/unpack-mail.js';
import { beginningOf } from './text/text-format.js';

/** Headers that mail has, and other texts have not. */
const known =
  /^(received|return-path|delivered-to|from|to|subject|date|message-id|mime-version|content-type|dkim-signature|arc-seal|x-[\w-]+|authentication-results|reply-to|cc):/i;
const header = /^[!-9;-~]+:/;
const enough = 3;

export const mail: EnclosingFormat = {
  kind: 'enclosing',
  name: 'e-mail',
  mediaType: 'message/rfc822',
  endings: ['eml'],
  toldBy: 'content',
  isIn({ bytes, signature }) {
    if (signature !== undefined && signature !== 'message/rfc822') return false;
    const lines = headerLines(beginningOf(bytes) ?? '');
    const names = lines.filter((line) => !/^\s/.test(line));
    return (
      names.every((line) => header.test(line)) &&
      names.filter((line) => known.test(line)).length >= enough &&
      names.some((line) => /^(from|received|return-path|mime-version):/i.test(line))
    );
  },
  unpack: (bytes, { limits }) => unpackMail(bytes, limits),
};

/** Up to the first empty line; a mailbox file's own line before them is left out. */
const headerLines = (text: string): string[] =>
  (text.replace(/^From .*\n/, '').split(/\n\s*\n/, 1)[0] ?? '').split('\n');
