import type { ChecksumName } from '../checksums/checksums.js';

/** One country's identifier. */
export interface NationalId {
  readonly country: string;
  readonly name: string;
  /** Over text in which digits are digits; letters in upper case. Separators are taken out before the check. */
  readonly pattern: string;
  readonly check: ChecksumName;
  /** Words that say what it is. */
  readonly words: readonly string[];
  /**
   * `alone`: pattern and check digits are rare enough. `written-out`: so long as it has its separators. `never`: only
   * beside one of the words, because one number in ten or eleven passes the check.
   */
  readonly counts: 'alone' | 'written-out' | 'never';
}

const s = String.raw`[ .\-/]?`;

/** Sources: the countries' own descriptions as collected in the Wikipedia article "National identification number". */
export const nationalIds: readonly NationalId[] = [
  {
    country: 'US',
    name: 'US social security number',
    pattern: String.raw`\d{3}[ -]\d{2}[ -]\d{4}|\d{9}`,
    check: 'us-ssn',
    counts: 'written-out',
    words: ['ssn', 'ss#', 'social security', 'soc sec', 'taxpayer id', 'employee id'],
  },
  {
    country: 'GB',
    name: 'UK National Insurance number',
    pattern: `[A-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]`,
    check: 'uk-nino',
    counts: 'alone',
    words: ['ni number', 'nino', 'national insurance', 'ni no'],
  },
  {
    country: 'GB',
    name: 'UK NHS number',
    pattern: `\\d{3}[ -]?\\d{3}[ -]?\\d{4}`,
    check: 'uk-nhs',
    counts: 'never',
    words: ['nhs', 'nhs number', 'nhs no'],
  },
  {
    country: 'DE',
    name: 'German tax number (Steuer-ID)',
    pattern: `\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}`,
    check: 'de-tax',
    counts: 'never',
    words: [
      'steuer-id',
      'steueridentifikationsnummer',
      'steuer-identifikationsnummer',
      'identifikationsnummer',
      'idnr',
      'id-nr',
      'steuer-idnr',
      'tax id',
      'tin',
    ],
  },
  {
    country: 'FR',
    name: 'French NIR',
    pattern: String.raw`[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-4]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}`,
    check: 'fr-nir',
    counts: 'alone',
    words: ['nir', 'sécurité sociale', 'securite sociale', 'n° ss', 'numéro de sécu'],
  },
  {
    country: 'IT',
    name: 'Italian codice fiscale',
    pattern: String.raw`[A-Z]{6} ?\d{2}[A-EHLMPRST]\d{2} ?[A-Z]\d{3}[A-Z]`,
    check: 'it-fiscal',
    counts: 'alone',
    words: ['codice fiscale', 'c.f.', 'cod. fisc'],
  },
  {
    country: 'ES',
    name: 'Spanish DNI or NIE',
    pattern: String.raw`(?:\d{2}[ .]?\d{3}[ .]?\d{3}|[XYZ][ \-]?\d{7})[ \-]?[TRWAGMYFPDXBNJZSQVHLCKE]`,
    check: 'es-dni',
    counts: 'alone',
    words: ['dni', 'nie', 'nif', 'd.n.i'],
  },
  {
    country: 'NL',
    name: 'Dutch BSN',
    pattern: String.raw`\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3}`,
    check: 'nl-bsn',
    counts: 'never',
    words: ['bsn', 'burgerservicenummer', 'sofinummer', 'sofi-nummer', 'burger service'],
  },
  {
    country: 'PL',
    name: 'Polish PESEL',
    pattern: String.raw`\d{11}`,
    check: 'pl-pesel',
    counts: 'never',
    words: ['pesel'],
  },
  {
    country: 'BE',
    name: 'Belgian national number',
    pattern: String.raw`\d{2}${s}\d{2}${s}\d{2}[ \-/]?\d{3}${s}\d{2}`,
    check: 'be-national',
    counts: 'written-out',
    words: [
      'rijksregisternummer',
      'rijksregisternr',
      'numéro national',
      'numero national',
      'registre national',
      'niss',
      'insz',
      'nationaal nummer',
    ],
  },
  {
    country: 'SE',
    name: 'Swedish personnummer',
    pattern: String.raw`(?:19|20)?\d{6}[-+]?\d{4}`,
    check: 'se-personal',
    counts: 'written-out',
    words: ['personnummer', 'personnr', 'pnr', 'person nr', 'samordningsnummer'],
  },
  {
    country: 'BR',
    name: 'Brazilian CPF',
    pattern: String.raw`\d{3}[. ]\d{3}[. ]\d{3}[- ]\d{2}|\d{11}`,
    check: 'br-cpf',
    counts: 'written-out',
    words: ['cpf', 'c.p.f', 'cadastro de pessoas'],
  },
  {
    country: 'IN',
    name: 'Indian Aadhaar',
    pattern: String.raw`[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}`,
    check: 'verhoeff',
    counts: 'never',
    words: ['aadhaar', 'aadhar', 'adhaar', 'uidai', 'uid'],
  },
];
