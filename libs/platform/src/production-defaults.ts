/** What holds with `WAYBILL_MODE=production` where nothing is set: what strangers name is asked for only when the operator says so. */
export const productionDefaults = { WAYBILL_URL_FETCH: 'off' } as const;
