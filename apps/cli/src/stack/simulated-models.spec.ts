import { describe, expect, it } from '@jest/globals';
import { loadEnvironment } from '@waybill/platform';
import { simulatedModels } from './simulated-models.js';

describe('simulatedModels', () => {
  it('leaves no key and no connection with which something could be spent', () => {
    const own = {
      WAYBILL_OPENAI_KEYS: 'sk-1,sk-2',
      WAYBILL_DEEPSEEK_KEYS: 'sk-3',
      WAYBILL_PROVIDERS: 'providers.json',
    };
    const told = loadEnvironment({ ...own, ...simulatedModels('http://127.0.0.1:1234') });
    expect(told.WAYBILL_MODEL_SIMULATOR_URL).toBe('http://127.0.0.1:1234');
    expect([told.WAYBILL_OPENAI_KEYS, told.WAYBILL_DEEPSEEK_KEYS, told.WAYBILL_PROVIDERS]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });

  it('changes nothing where nothing is simulated', () => {
    expect(simulatedModels(undefined)).toEqual({});
  });
});
