/** A provider that answers every chat after LATENCY_MS, without reading what it is asked. */
import { createServer } from 'node:http';

const answer = Buffer.from(
  JSON.stringify({
    ...{ id: 'chatcmpl-bench', object: 'chat.completion', created: 1_795_255_200, model: 'gpt-5.4-mini-2026-03-17' },
    choices: [
      { index: 0, message: { role: 'assistant', content: 'An invoice over 123.45 EUR.' }, finish_reason: 'stop' },
    ],
    usage: { prompt_tokens: 250, completion_tokens: 22, total_tokens: 272 },
  }),
);
const headers = { 'content-type': 'application/json', 'content-length': answer.length };

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    setTimeout(() => response.writeHead(200, headers).end(answer), Number(process.env.LATENCY_MS));
  });
});
server.listen(0, '127.0.0.1', 4_096, () =>
  process.send({ type: 'ready', url: `http://127.0.0.1:${server.address().port}` }),
);
process.on('disconnect', () => process.exit());
