import { sharpPicture } from './pictures/sharp-picture.js';

export const webp = sharpPicture({
  name: 'WebP',
  mediaType: 'image/webp',
  endings: ['webp'],
  holds: 'frames',
  isDisplayable: true,
});
