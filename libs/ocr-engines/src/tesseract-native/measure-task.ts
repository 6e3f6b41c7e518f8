import type { GrayImage } from '../reading/gray-image.js';

/** What a measuring thread is asked. */
export interface MeasureTask {
  readonly page: GrayImage;
}
