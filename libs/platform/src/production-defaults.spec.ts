import { describe, expect, it } from '@jest/globals';
import { loadEnvironment } from './config.js';
import { productionDefaults } from './production-defaults.js';

/** What production asks for. */
const sound = { WAYBILL_MODE: 'production', WAYBILL_MASTER_KEY_FILE: '/run/secrets/master-key' };

describe('in production', () => {
  it('nothing is fetched from where strangers say, unless the operator says so', () => {
    expect(loadEnvironment(sound)).toMatchObject(productionDefaults);
    expect(loadEnvironment({ ...sound, WAYBILL_URL_FETCH: '' }).WAYBILL_URL_FETCH).toBe('off');
    expect(loadEnvironment({ ...sound, WAYBILL_URL_FETCH: 'public' }).WAYBILL_URL_FETCH).toBe('public');
    expect(loadEnvironment({}).WAYBILL_URL_FETCH).toBe('public');
  });
});
