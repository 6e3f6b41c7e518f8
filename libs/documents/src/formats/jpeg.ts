import { sharpPicture } from './pictures/sharp-picture.js';

export const jpeg = sharpPicture({
  name: 'JPEG',
  mediaType: 'image/jpeg',
  endings: ['jpg', 'jpeg'],
  holds: 'frames',
  isDisplayable: true,
});
