/**
 * Writes docs/reference/openapi.json and asyncapi.json from libs/contracts. Transpiles that one library by itself, so
 * that no build is needed before.  `npm run contracts:generate`
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const compiled = join(root, '.waybill/cache/contracts');

await rm(compiled, { recursive: true, force: true });
await mkdir(compiled, { recursive: true });
const source = join(root, 'libs/contracts/src');
for (const name of await readdir(source)) {
  if (!name.endsWith('.ts') || name.endsWith('.spec.ts')) continue;
  const { outputText } = ts.transpileModule(await readFile(join(source, name), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  await writeFile(join(compiled, name.replace(/\.ts$/, '.js')), outputText);
}
const { openApiDocument, asyncApiDocument } = await import(pathToFileURL(join(compiled, 'index.js')).href);

const reference = join(root, 'docs/reference');
await mkdir(reference, { recursive: true });
const documents = { 'openapi.json': openApiDocument(), 'asyncapi.json': asyncApiDocument() };
for (const [name, document] of Object.entries(documents)) {
  await writeFile(join(reference, name), `${JSON.stringify(document, null, 2)}\n`);
  console.log(`docs/reference/${name}`);
}
