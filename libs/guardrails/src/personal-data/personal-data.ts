import type { Finding, Guardrail } from '../guardrail.js';
import { unconfuseDigits } from '../text/unconfuse-digits.js';
import { birthDate } from './birth-date.js';
import { email } from './email.js';
import { iban } from './iban.js';
import { nationalId } from './national-id.js';
import { paymentCard } from './payment-card.js';
import { personName } from './person-name.js';
import { phone } from './phone.js';
import { postalAddress } from './postal-address.js';
import type { Recogniser } from './recogniser.js';
import { bank, health } from './telling-words.js';

/** Where two claim the same text, the one that stands first here has it. */
const recognisers: readonly Recogniser[] = [
  ...[email, iban, paymentCard, nationalId, birthDate, phone, personName, postalAddress, health, bank],
];
const id = 'personal-data';

/** Personal values in words. */
export const personalData: Guardrail = {
  id,
  places: ['before-model'],
  kinds: recognisers.map(({ kind }) => kind),
  inspect({ view: { text } }) {
    const digits = unconfuseDigits(text);
    const found: Finding[] = [];
    for (const { kind, find } of recognisers) {
      for (const { start, end, score, remark } of find({ text, digits })) {
        const isTaken = found.some(({ span }) => span && span.start < end && span.end > start);
        if (!isTaken) found.push({ guardrail: id, kind, score, span: { start, end }, ...(remark ? { remark } : {}) });
      }
    }
    return found;
  },
};
