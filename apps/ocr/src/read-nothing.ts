import type { PageRead, PageReader } from './page-reader.js';

/** Reads no page: every page is one pixel without words. For measuring the pipeline alone. */
export const readNothing: PageReader = {
  read: async ({ document, page }): Promise<PageRead> => ({
    reading: {
      document,
      page,
      width: 1,
      height: 1,
      unit: 'px',
      dpi: null,
      rotation: 0,
      skewDegrees: 0,
      source: 'none',
      engine: { name: 'none', version: '' },
      languages: [],
      words: [],
      remarks: [],
    },
    times: {},
  }),
};
