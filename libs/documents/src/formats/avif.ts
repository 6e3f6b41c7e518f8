import { sharpPicture } from './pictures/sharp-picture.js';

/** Brands stand in the first box, which is as long as a few of them. */
const brandsEnd = 64;

export const avif = sharpPicture({
  name: 'AVIF',
  mediaType: 'image/avif',
  endings: ['avif'],
  // Some writers put the container's brand first, and AVIF among those that it is compatible with.
  isIn: ({ signature, head }) =>
    signature === 'image/avif' || (signature === 'image/heif' && head.slice(16, brandsEnd).includes('avif')),
  holds: 'frames',
  isDisplayable: false,
});
