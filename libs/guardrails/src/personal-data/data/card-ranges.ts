/** Leading digits and lengths of payment cards, from the issuers' public tables (ISO/IEC 7812 issuer identification numbers). */
export const cardRanges: readonly {
  readonly name: string;
  readonly starts: RegExp;
  readonly lengths: readonly number[];
}[] = [
  { name: 'American Express', starts: /^3[47]/, lengths: [15] },
  { name: 'Diners Club', starts: /^3(?:0[0-59]|[689])/, lengths: [14, 16, 19] },
  { name: 'JCB', starts: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { name: 'Visa', starts: /^4/, lengths: [13, 16, 19] },
  { name: 'Mastercard', starts: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { name: 'Discover', starts: /^6(?:011|4[4-9]|5)/, lengths: [16, 17, 18, 19] },
  { name: 'Maestro', starts: /^(?:50|5[6-8]|6[0-9])/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { name: 'UnionPay', starts: /^62/, lengths: [16, 17, 18, 19] },
];
