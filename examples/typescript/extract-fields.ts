/**
 * Hands in one document, follows the job, and prints its fields.
 *
 *     node dist/examples/typescript/extract-fields.js receipt.jpg
 *
 * WAYBILL_URL and WAYBILL_API_KEY say where and as whom.
 */
import { WaybillClient, WaybillError } from '@waybill/client';

const [file] = process.argv.slice(2);
const { WAYBILL_URL: url = 'http://127.0.0.1:8080', WAYBILL_API_KEY: apiKey } = process.env;

async function extractFields(path: string): Promise<void> {
  const client = new WaybillClient({ url, apiKey });
  // With an id of your own, the same submission again is the same job, however often it is sent.
  const { id } = await client.submit({ task: { kind: 'extract' }, documents: [{ file: path }] });
  for await (const event of client.events(id)) console.error(`${event.at} ${event.type}`);

  const { status, documents, problems } = await client.result(id);
  for (const { kind, fields = [] } of documents) {
    console.log(`${status} ${kind ?? 'document'}`);
    for (const { path: field, value, page, confidence } of fields) {
      if (value !== null) console.log(`${field}: ${JSON.stringify(value)} (page ${page}, ${confidence.toFixed(2)})`);
    }
  }
  for (const { message } of problems) console.error(message);
  process.exitCode = status === 'completed' ? 0 : 1;
}

if (file === undefined) {
  console.error('Name a document: node dist/examples/typescript/extract-fields.js receipt.jpg');
  process.exitCode = 2;
} else {
  await extractFields(file).catch((error: unknown) => {
    if (!(error instanceof WaybillError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  });
}
