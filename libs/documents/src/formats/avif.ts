import { sharpPicture } from './pictures/sharp-picture.js';

export const avif = sharpPicture({
  name: 'AVIF',
  mediaType: 'image/avif',
  endings: ['avif'],
  holds: 'frames',
  isDisplayable: false,
});
