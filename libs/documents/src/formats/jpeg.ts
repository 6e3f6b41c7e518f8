import { sharpPicture } from './pictures/sharp-picture.js';
import { sizeInHeader } from './pictures/size-in-header.js';

export const jpeg = sharpPicture({
  name: 'JPEG',
  mediaType: 'image/jpeg',
  endings: ['jpg', 'jpeg'],
  holds: 'frames',
  isDisplayable: true,
  sizeOf: sizeInHeader,
});
