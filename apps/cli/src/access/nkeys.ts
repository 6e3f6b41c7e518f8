/** In a file of its own, so that only who makes keys loads what signs with them. */
export { createNkey, publicNkeyOf } from '@waybill/jetstream';
