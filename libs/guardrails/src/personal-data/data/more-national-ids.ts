import type { NationalId } from './national-ids.js';

const id = (
  country: string,
  name: string,
  rest: Pick<NationalId, 'pattern' | 'check' | 'counts' | 'words'>,
): NationalId => ({ country, name, ...rest });

const nine = String.raw`\d{3}[ .-]?\d{3}[ .-]?\d{3}`;
const eleven = String.raw`\d{11}|\d{6}[ -]\d{5}|\d{3} \d{3} \d{3} \d{2}`;

/** Of further countries. Sources: as of `national-ids.ts`. */
export const moreNationalIds: readonly NationalId[] = [
  id('AT', 'Austrian social security number', {
    ...{ pattern: String.raw`\d{4} ?\d{6}`, check: 'at-social', counts: 'never' },
    words: ['svnr', 'sv-nr', 'sv-nummer', 'sozialversicherungsnummer', 'versicherungsnummer'],
  }),
  id('AU', 'Australian tax file number', {
    ...{ pattern: nine, check: 'au-tax', counts: 'never', words: ['tfn', 'tax file', 'tax file number'] },
  }),
  id('BG', 'Bulgarian EGN', {
    ...{ pattern: String.raw`\d{10}`, check: 'bg-egn', counts: 'never', words: ['egn', 'егн'] },
  }),
  id('CA', 'Canadian social insurance number', {
    ...{ pattern: nine, check: 'nine-luhn', counts: 'never' },
    words: ['sin', 'social insurance', 'social insurance number', 'assurance sociale'],
  }),
  id('CH', 'Swiss AHV number', {
    ...{ pattern: String.raw`756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}`, check: 'ch-ahv', counts: 'alone' },
    words: ['ahv', 'avs', 'ahv-nr', 'no avs', 'versichertennummer'],
  }),
  id('CL', 'Chilean RUT', {
    ...{
      pattern: String.raw`\d{1,2}\.?\d{3}\.?\d{3}-[0-9K]`,
      check: 'cl-rut',
      counts: 'never',
      words: ['rut', 'r.u.t'],
    },
  }),
  id('CN', 'Chinese resident identity number', {
    ...{ pattern: String.raw`[1-9]\d{5}(?:19|20)\d{9}[0-9X]`, check: 'cn-resident', counts: 'alone' },
    words: ['身份证', '身份證', '公民身份号码', 'id card'],
  }),
  id('CZ', 'Czech or Slovak birth number', {
    ...{ pattern: String.raw`\d{6}\/?\d{4}`, check: 'cz-birth', counts: 'written-out' },
    words: ['rodné číslo', 'rodne cislo', 'r.č', 'rč'],
  }),
  id('DK', 'Danish CPR number', {
    ...{
      pattern: String.raw`\d{6}[- ]?\d{4}`,
      check: 'dk-cpr',
      counts: 'never',
      words: ['cpr', 'cpr-nr', 'personnummer', 'cpr-nummer'],
    },
  }),
  id('EE', 'Estonian or Lithuanian personal code', {
    ...{
      pattern: String.raw`[1-6]\d{10}`,
      check: 'ee-personal',
      counts: 'never',
      words: ['isikukood', 'asmens kodas'],
    },
  }),
  id('FI', 'Finnish personal identity code', {
    ...{ pattern: String.raw`\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]`, check: 'fi-hetu', counts: 'alone' },
    words: ['henkilötunnus', 'hetu', 'personbeteckning'],
  }),
  id('GR', 'Greek tax number (AFM)', {
    ...{ pattern: nine, check: 'gr-afm', counts: 'never', words: ['afm', 'αφμ', 'α.φ.μ'] },
  }),
  id('HR', 'Croatian OIB', { pattern: String.raw`\d{11}`, check: 'mod-11-10', counts: 'never', words: ['oib'] }),
  id('IE', 'Irish PPS number', {
    ...{
      pattern: String.raw`\d{7} ?[A-W][A-IW]?`,
      check: 'ie-pps',
      counts: 'never',
      words: ['pps', 'ppsn', 'pps no', 'pps number'],
    },
  }),
  id('IL', 'Israeli identity number', {
    ...{
      pattern: String.raw`\d{9}`,
      check: 'nine-luhn',
      counts: 'never',
      words: ['teudat zehut', 'ת.ז', 'תעודת זהות'],
    },
  }),
  id('IS', 'Icelandic kennitala', {
    ...{ pattern: String.raw`\d{6}-?\d{4}`, check: 'is-kennitala', counts: 'never', words: ['kennitala'] },
  }),
  id('KR', 'Korean resident number', {
    ...{
      pattern: String.raw`\d{6}-?[1-8]\d{6}`,
      check: 'kr-resident',
      counts: 'written-out',
      words: ['주민등록번호', '주민번호', 'rrn'],
    },
  }),
  id('MX', 'Mexican CURP', {
    ...{
      pattern: String.raw`[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d`,
      check: 'mx-curp',
      counts: 'alone',
      words: ['curp'],
    },
  }),
  id('NO', 'Norwegian birth number', {
    ...{ pattern: eleven, check: 'no-birth', counts: 'never' },
    words: ['fødselsnummer', 'fodselsnummer', 'personnummer', 'fnr', 'd-nummer'],
  }),
  id('PT', 'Portuguese NIF', {
    ...{ pattern: nine, check: 'pt-nif', counts: 'never', words: ['nif', 'contribuinte', 'número de contribuinte'] },
  }),
  id('RO', 'Romanian CNP', {
    ...{ pattern: String.raw`[1-9]\d{12}`, check: 'ro-cnp', counts: 'never', words: ['cnp', 'cod numeric personal'] },
  }),
  id('SG', 'Singaporean NRIC', {
    ...{ pattern: String.raw`[STFG]\d{7}[A-Z]`, check: 'sg-nric', counts: 'alone', words: ['nric', 'ic no'] },
  }),
  id('TR', 'Turkish identity number', {
    ...{ pattern: String.raw`[1-9]\d{10}`, check: 'tr-kimlik', counts: 'never' },
    words: ['kimlik', 'kimlik no', 'tckn', 't.c', 'tc no'],
  }),
  id('ZA', 'South African identity number', {
    ...{ pattern: String.raw`\d{6} ?\d{4} ?\d{3}`, check: 'za-id', counts: 'never' },
    words: ['id number', 'id no', 'identity number', 'rsa id', 'identiteitsnommer'],
  }),
  id('any', 'passport number', {
    ...{ pattern: String.raw`[A-Z0-9]{2,3} ?[A-Z0-9]{4,7}`, check: 'passport', counts: 'never' },
    words: [
      ...['passport', 'passport no', 'passport number', 'reisepass', 'reisepassnummer', 'passnummer', 'passeport'],
      ...['pasaporte', 'passaporto', 'paspoort', 'paspoortnummer', 'paszport', 'passaporte', 'pasaport', 'паспорт'],
    ],
  }),
];
