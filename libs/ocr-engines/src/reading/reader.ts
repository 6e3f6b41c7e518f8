import type { RawWord } from '@waybill/document-layout';
import type { GrayImage } from './gray-image.js';
import type { PageMeasures } from './measure-page.js';

/** How an engine divides a picture. `page`: columns and blocks. `block`: one column of lines. */
export type Segmentation = 'page' | 'block';

/** What an engine gives to the reading of pages. */
export interface Reader {
  /** Reads a prepared picture, as dark print on light paper. Boxes are its pixels. */
  read(image: GrayImage, segmentation: Segmentation): Promise<RawWord[]>;
  /** Measures a page: `measurePage`, in a thread where it would hold others up. */
  measure(page: GrayImage): Promise<PageMeasures>;
}
