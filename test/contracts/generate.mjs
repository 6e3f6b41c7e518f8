/** Writes docs/reference/openapi.json and asyncapi.json from libs/contracts.  `npm run contracts:generate` */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadContracts, root } from './load-contracts.mjs';

const { openApiDocument, asyncApiDocument } = await loadContracts();
const reference = join(root, 'docs/reference');
await mkdir(reference, { recursive: true });
const documents = { 'openapi.json': openApiDocument(), 'asyncapi.json': asyncApiDocument() };
for (const [name, document] of Object.entries(documents)) {
  await writeFile(join(reference, name), `${JSON.stringify(document, null, 2)}\n`);
  console.log(`docs/reference/${name}`);
}
