import type OpenAI from 'openai';
import { toFile } from 'openai';

/** A line of a batch: one chat, whose answer stands in its question. */
export const chatLine = (customId: string, body: object): object => ({
  ...{ custom_id: customId, method: 'POST', url: '/v1/chat/completions' },
  body: { messages: [{ role: 'user', content: `What is the total of ${customId}? TOTAL 12.50` }], ...body },
});

/** Uploads the lines and has them answered within a day. @returns the id of the batch */
export async function beginBatch(client: OpenAI, lines: readonly object[]): Promise<string> {
  const file = await toFile(Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n')), 'night.jsonl');
  const { id: input_file_id } = await client.files.create({ file, purpose: 'batch' });
  const terms = { endpoint: '/v1/chat/completions', completion_window: '24h' } as const;
  return (await client.batches.create({ ...terms, input_file_id })).id;
}

/** What stands in an output or error file, a line each. */
export async function rowsOf<Row>(client: OpenAI, fileId: string | null | undefined): Promise<Row[]> {
  const text = await (await client.files.content(fileId!)).text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}
