import { describe, expect, it } from '@jest/globals';
import { loadEnvironment } from './config.js';
import { productionDefaults } from './production-defaults.js';

describe('in production', () => {
  it('nothing is fetched from where strangers say, unless the operator says so', () => {
    expect(loadEnvironment({ WAYBILL_MODE: 'production' })).toMatchObject(productionDefaults);
    expect(loadEnvironment({ WAYBILL_MODE: 'production', WAYBILL_URL_FETCH: '' }).WAYBILL_URL_FETCH).toBe('off');
    expect(loadEnvironment({ WAYBILL_MODE: 'production', WAYBILL_URL_FETCH: 'public' }).WAYBILL_URL_FETCH).toBe(
      'public',
    );
    expect(loadEnvironment({}).WAYBILL_URL_FETCH).toBe('public');
  });
});
