import { describe, expect, it } from '@jest/globals';
import { JetStreamApiError } from '@nats-io/jetstream';
import { whenLed } from './when-led.js';

const refusal = (code: number, description: string) =>
  new JetStreamApiError({ code: 503, err_code: code, description });

describe('a question to a cluster', () => {
  it('is asked again while the cluster chooses who leads', async () => {
    const answers = [refusal(10_008, 'JetStream system temporarily unavailable'), 'here'];
    const ask = () => {
      const answer = answers.shift();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    expect(await whenLed(ask)).toBe('here');
    expect(answers).toEqual([]);
  });

  it('is not asked again when it is refused', async () => {
    let asked = 0;
    const refused = whenLed(() => {
      asked += 1;
      return Promise.reject(refusal(10_059, 'stream not found'));
    });
    await expect(refused).rejects.toThrow('stream not found');
    expect(asked).toBe(1);
  });
});
