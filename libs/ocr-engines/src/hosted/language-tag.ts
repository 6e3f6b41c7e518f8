/**
 * The two-letter code (ISO 639-1) of a language code as OCR engines write them: `eng` gives `en`, `chi_sim` gives `zh`;
 * undefined for what is no language.
 */
export function languageTag(code: string): string | undefined {
  const [language = ''] = code.split('_');
  try {
    const tag = new Intl.Locale(aliases[language] ?? language).language;
    return tag.length === 2 ? tag : undefined;
  } catch {
    return undefined;
  }
}

/** Bibliographic codes (ISO 639-2/B), which locales do not know. */
const aliases: Record<string, string> = { chi: 'zh', fre: 'fr', ger: 'de', dut: 'nl', cze: 'cs', gre: 'el', rum: 'ro' };
