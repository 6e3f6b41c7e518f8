import { sharpPicture } from './pictures/sharp-picture.js';

export const gif = sharpPicture({
  name: 'GIF',
  mediaType: 'image/gif',
  endings: ['gif'],
  holds: 'frames',
  isDisplayable: true,
  canvasOf: (bytes) => {
    // The logical screen, which frames need not fill: width and height at offsets 6 and 8.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return bytes.length < 10 ? [0, 0] : [view.getUint16(6, true), view.getUint16(8, true)];
  },
});
