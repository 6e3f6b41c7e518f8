export { judgePage } from './judge-page.js';
export { readDecodedPage, type ReadDecodedPage } from './read-decoded-page.js';
export { ReadingTools } from './reading-tools.js';
export { RecognisePicture } from './recognise-picture.js';
