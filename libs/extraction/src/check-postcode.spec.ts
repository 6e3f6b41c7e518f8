import { describe, expect, it } from '@jest/globals';
import { checkPostcode, isConfirmedPostcode } from './check-postcode.js';

describe('checkPostcode', () => {
  it.each([
    ['NO. 18, JALAN RIMBA 2/5, 43999 BANDAR RIMBA, SELANGOR', 'agrees'],
    ['18 Jalan Rimba, 50100 Kuala Lumpur.', 'agrees'],
    ['1 Rimba Road, Singapore 069999', 'agrees'],
    ['18 JALAN RIMBA, 65100 KUALA LUMPUR', 'contradicts'],
    ['18 JALAN RIMBA, 43999 BANDAR RIMBA, JOHOR', 'contradicts'],
    ['18 JALAN RIMBA, 4399 SHAH ALAM', 'unknown'],
    ['18 JALAN RIMBA, SELANGOR', 'unknown'],
    ['4 Mill Lane, Ashford TN24 8QT', 'unknown'],
  ])('%s: %s', (address, check) => expect(checkPostcode(address)).toBe(check));

  it('asks every place that is named: a state and its town', () => {
    expect(checkPostcode('40300 SHAH ALAM, SELANGOR')).toBe('agrees');
    expect(checkPostcode('47300 SHAH ALAM, SELANGOR')).toBe('contradicts');
  });
});

describe('isConfirmedPostcode', () => {
  it.each([
    ['43900', '18 JALAN RIMBA, 43900 BANDAR RIMBA, SELANGOR', true],
    ['43950,', '18 JALAN RIMBA, 43950, BANDAR RIMBA, SELANGOR', true],
    ['43999', '18 JALAN RIMBA, 43999 BANDAR RIMBA, SELANGOR', false],
    ['65100', '18 JALAN RIMBA, 65100 KUALA LUMPUR', false],
    ['20500', '20500 RIMBA STREET, 99 HALMOR', false],
  ])('%s in %s: %s', (word, address, isConfirmed) => expect(isConfirmedPostcode(word, address)).toBe(isConfirmed));
});
