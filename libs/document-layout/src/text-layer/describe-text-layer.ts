import type { TextLayerReport } from '@waybill/contracts';

/** The sentence that a page's remarks have about its text layer, where there is something to be said. */
export function describeTextLayer({ verdict, words, hiddenWords, reasons }: TextLayerReport): string | undefined {
  const instead = 'the page was read from its picture instead.';
  switch (verdict) {
    case 'absent':
    case 'scarce':
      return undefined;
    case 'sound':
      return hiddenWords === 0
        ? undefined
        : `${counted(hiddenWords)} of the page's text ${hiddenWords === 1 ? 'does' : 'do'} not show and ` +
            `${hiddenWords === 1 ? 'was' : 'were'} left out.`;
    case 'repeats-picture':
      return `The page carries invisible text that repeats its picture; ${instead}`;
    case 'unsound': {
      if (hiddenWords > 0) {
        return `${counted(hiddenWords)} of the ${words} in the page's text do not show on the page; ${instead}`;
      }
      const isMeaningless = reasons.some(({ code }) => code === 'unmapped');
      return isMeaningless
        ? `The page's text has no usable letters; ${instead}`
        : `The page's text says something else than the page shows; ${instead}`;
    }
  }
}

const counted = (words: number): string => `${words} ${words === 1 ? 'word' : 'words'}`;
