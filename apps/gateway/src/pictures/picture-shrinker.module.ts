/** Apart from the gateway's module, so that only who gets large pictures loads what decodes them. */
export { shrinkPicture as shrinkWith } from '@waybill/documents';
