/** The least that a gateway which reads bodies does: parse, set the model, write again, read the usage. */
import { createServer } from 'node:http';
import { Pool } from 'undici';

const pool = new Pool(process.env.UPSTREAM, { connections: 256 });
let tokens = 0;

async function answer(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = { ...JSON.parse(Buffer.concat(chunks).toString()), model: 'gpt-5.4-mini-2026-03-17' };
  const headers = { 'content-type': 'application/json', authorization: request.headers.authorization };
  const call = { path: request.url, method: 'POST', headers, body: JSON.stringify(body) };
  const answered = await pool.request(call);
  const told = await answered.body.json();
  tokens += told.usage.total_tokens;
  response.writeHead(answered.statusCode, { 'content-type': 'application/json' }).end(JSON.stringify(told));
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', 4_096, () =>
  process.send({ type: 'ready', url: `http://127.0.0.1:${server.address().port}` }),
);
process.on('disconnect', () => process.exit(tokens > 0 ? 0 : 1));
