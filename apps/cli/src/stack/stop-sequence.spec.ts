import { describe, expect, it } from '@jest/globals';
import { StopSequence } from './stop-sequence.js';

describe('StopSequence', () => {
  it('stops services before servers before traces, and only once', async () => {
    const stops = new StopSequence();
    const stopped: string[] = [];
    stops.add('last', () => stopped.push('lock'));
    stops.add('servers', async () => {
      await Promise.resolve();
      stopped.push('nats');
    });
    stops.add('services', (manner) => stopped.push(`ocr ${manner}`));
    await Promise.all([stops.run('drain'), stops.run('drain')]);
    expect(stopped).toEqual(['ocr drain', 'nats', 'lock']);
  });

  it('goes on after a failure, and reports it', async () => {
    const stops = new StopSequence();
    const stopped: string[] = [];
    stops.add('services', () => Promise.reject(new Error('stuck')));
    stops.add('servers', () => stopped.push('nats'));
    await expect(stops.run('drain')).rejects.toThrow('stuck');
    expect(stopped).toEqual(['nats']);
  });

  it('hastens services that drain when somebody loses patience', async () => {
    const stops = new StopSequence();
    let release = (): void => undefined;
    const drained = new Promise<void>((resolve) => {
      release = resolve;
    });
    stops.add('services', (manner) => (manner === 'kill' ? release() : drained));
    const stopping = stops.run('drain');
    await stops.run('kill');
    await stopping;
  });
});
