import { sharpPicture } from './pictures/sharp-picture.js';

export const tiff = sharpPicture({
  name: 'TIFF',
  mediaType: 'image/tiff',
  endings: ['tif', 'tiff'],
  // Any first directory that lies after the header: file-type wants one of the usual places.
  isIn: ({ signature, head }) =>
    signature === 'image/tiff' || (!signature && /^(II\x2a\0|MM\0\x2a|II\x2b\0|MM\0\x2b)/.test(head)),
  holds: 'pages',
  isDisplayable: false,
});
