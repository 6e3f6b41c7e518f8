export { libreOffice } from './convert/libre-office.js';
export { documentEndings } from './formats/all-formats.js';
export type { EnclosedDocument } from './formats/document-format.js';
export { limitsOf, type DocumentLimits } from './document-limits.js';
export { DocumentReader, type DocumentReaderOptions } from './document-reader.js';
export { inspectDocument, type DocumentFacts } from './inspect-document.js';
export { scalePicture, type PictureWish } from './scale-picture.js';
export { shrinkPicture, type ShrinkTerms } from './shrink-picture.js';
