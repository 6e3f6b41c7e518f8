import { describe, expect, it } from '@jest/globals';
import { TextView } from '../text/text-view.js';
import { personalData } from './personal-data.js';

const kindsIn = (text: string): string[] =>
  personalData
    .inspect({ view: TextView.ofText(text) })
    .filter(({ score }) => score >= 0.5)
    .map(({ kind }) => kind);

/** Published examples, each with a word that says what it is, and with its check digit or date made wrong. */
const examples: readonly (readonly [right: string, wrong: string])[] = [
  ['SVNR 1237 010180', 'SVNR 1238 010180'],
  ['TFN 123 456 782', 'TFN 123 456 783'],
  ['EGN 7523169263', 'EGN 7523169264'],
  ['SIN 046 454 286', 'SIN 046 454 287'],
  ['AHV 756.9217.0769.85', 'AHV 756.9217.0769.84'],
  ['RUT 12.345.678-5', 'RUT 12.345.678-4'],
  ['身份证 11010519491231002X', '身份证 110105194912310021'],
  ['rodné číslo 710319/2745', 'rodné číslo 710319/2746'],
  ['CPR 070761-4285', 'CPR 071361-4285'],
  ['isikukood 37605030299', 'isikukood 37605030298'],
  ['henkilötunnus 131052-308T', 'henkilötunnus 131052-308U'],
  ['AFM 090000045', 'AFM 090000046'],
  ['OIB 69435151530', 'OIB 69435151531'],
  ['PPS No 1234567T', 'PPS No 1234567U'],
  ['kennitala 120174-3399', 'kennitala 120174-3389'],
  ['주민등록번호 850101-1234563', '주민등록번호 851301-1234563'],
  ['CURP HEGG560427MVZRRL04', 'CURP HEGG560427MVZRRL05'],
  ['fødselsnummer 13097248022', 'fødselsnummer 13097248023'],
  ['NIF 123456789', 'NIF 123456788'],
  ['CNP 1800101221144', 'CNP 1800101221145'],
  ['NRIC S1234567D', 'NRIC S1234567E'],
  ['TC Kimlik No 10000000146', 'TC Kimlik No 10000000147'],
  ['ID number 8001015009087', 'ID number 8001015009088'],
  ['Passport No. C01X00T47', 'Passport No. CABCDEF'],
];

describe('national identifiers of further countries', () => {
  it.each(examples)('%s is one, %s is none', (right, wrong) => {
    expect(kindsIn(right)).toContain('national-id');
    expect(kindsIn(wrong)).not.toContain('national-id');
  });

  it('need a word beside them where one number in ten has their check digit', () => {
    for (const number of ['7523169263', '046454286', '37605030299', '123456789', '8001015009087', '069435151530']) {
      expect(kindsIn(`Order ${number}, 2 pieces`)).not.toContain('national-id');
    }
  });

  it.each(['de89370400440532013000', 'CH93-0076-2011-6238-5295-7', 'gb82 west 1234 5698 7654 32'])(
    'an account number is one however it is written: %s',
    (written) => expect(kindsIn(written)).toContain('iban'),
  );

  it('and prose whose letters might be digits is none', () => {
    const words = 'follow oil Bill so lots of IOLSB';
    for (let cut = 0; cut < 300; cut += 1) {
      expect(kindsIn(`fo${words.repeat(3).slice(cut % 20, 22 + (cut % 13))} ${cut}`)).not.toContain('iban');
    }
  });

  it.each(['生年月日 1976年7月4日', 'дата рождения: 04.07.1976', 'doğum tarihi 4.7.1976', 'fødselsdato 04.07.1976'])(
    'a date of birth is one in %s',
    (written) => expect(kindsIn(written)).toContain('birth-date'),
  );
});
