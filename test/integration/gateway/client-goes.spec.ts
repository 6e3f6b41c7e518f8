import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { openAiClient } from '../../support/openai-client.js';
import { startGateway } from './start-gateway.js';

describe('a client that goes away', () => {
  it.each([false, true])('stops the call to the provider (stream: %s)', async (isStream) => {
    const upstream = createServer().listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    const gateway = await startGateway({ WAYBILL_MODEL_SIMULATOR_URL: url });
    try {
      const client = openAiClient(gateway.baseUrl);
      const gone = new AbortController();
      const messages = [{ role: 'user' as const, content: 'Hello' }];
      const asking = client.chat.completions.create(
        { model: 'openai/gpt-5.4-mini', messages, stream: isStream },
        { signal: gone.signal },
      );
      const [request, response] = (await once(upstream, 'request')) as [IncomingMessage, ServerResponse];
      request.resume();
      const closed = once(response, 'close');
      const refused = expect(
        asking.then(async (answer) => {
          if (Symbol.asyncIterator in answer) {
            for await (const chunk of answer) {
              if (chunk.choices.length > 0) gone.abort();
            }
          }
          if (gone.signal.aborted) throw new Error('aborted');
        }),
      ).rejects.toThrow(/abort/i);
      if (isStream) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: {"choices":[{"index":0,"delta":{"content":"H"},"finish_reason":null}]}\n\n');
      } else gone.abort();
      await refused;
      await closed;
      expect(response.writableFinished).toBe(false);
    } finally {
      await gateway.stop();
      upstream.closeAllConnections();
      upstream.close();
    }
  });
});
