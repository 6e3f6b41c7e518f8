import type { RawWord } from '@waybill/document-layout';
import type { GrayImage } from './gray-image.js';
import type { PageMeasures } from './measure-page.js';

/** How an engine divides a picture. `page`: columns and blocks. `block`: one column of lines. `sparse`: words wherever they are. */
export type Segmentation = 'page' | 'block' | 'sparse';

/** What an engine reads with. `larger` reads otherwise, a little better, and takes half as long again. */
export type Network = 'usual' | 'larger';

/** What an engine gives to the reading of pages. */
export interface Reader {
  /**
   * Reads a prepared picture, as dark print on light paper. Boxes are its pixels. An engine with one network only reads with
   * that one, whichever is asked for.
   */
  read(image: GrayImage, segmentation: Segmentation, network: Network): Promise<RawWord[]>;
  /** Measures a page: `measurePage`, in a thread where it would hold others up. */
  measure(page: GrayImage): Promise<PageMeasures>;
}
