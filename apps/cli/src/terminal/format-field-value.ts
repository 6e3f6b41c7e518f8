import type { ExtractedField } from '@waybill/contracts';

/** A value as it would be printed: fractions with at least two decimals (`33.20`), since most of them are money. */
export function formatFieldValue(value: ExtractedField['value']): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  const plain = String(value);
  return /\.\d$/.test(plain) ? `${plain}0` : plain;
}
