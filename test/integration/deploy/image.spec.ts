import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findUnusedPlaces } from '../../../deploy/docker/prune-packages.mjs';

const nodeModules = join(import.meta.dirname, '../../../node_modules');
const { paths, missing } = findUnusedPlaces(nodeModules);
const resolver = createRequire(import.meta.url);

describe('what the image leaves out', () => {
  it('is there to be left out', () => {
    expect(missing).toEqual([]);
  });

  /** As services import or resolve them. */
  const loaded = [
    ...['typeorm', 'rxjs', 'pdf-lib', '@hyzyla/pdfium/pdfium.wasm', 'zxing-wasm/reader/zxing_reader.wasm'],
    ...[
      'libphonenumber-js/min',
      'libheif-js/wasm-bundle',
      'tesseract.js',
      'tesseract.js-core/tesseract-core-simd-lstm',
    ],
    ...['@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'],
  ];
  it.each(loaded)('is not %s, which services load', (name) => {
    const file = resolver.resolve(name);
    const leftOut = paths.filter((path) => !relative(path, file).startsWith('..'));
    expect(leftOut).toEqual([]);
  });
});
