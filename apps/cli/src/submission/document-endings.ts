/** In a file of its own, so that only who looks into folders loads what knows formats. */
export { documentEndings } from '@waybill/documents';
