import { sharpPicture } from './pictures/sharp-picture.js';
import { sizeInHeader } from './pictures/size-in-header.js';

export const png = sharpPicture({
  name: 'PNG',
  mediaType: 'image/png',
  endings: ['png'],
  // An animated one begins with its still picture, and file-type gives it a type of its own.
  isIn: ({ signature }) => signature === 'image/png' || signature === 'image/apng',
  holds: 'frames',
  isDisplayable: true,
  sizeOf: sizeInHeader,
});
