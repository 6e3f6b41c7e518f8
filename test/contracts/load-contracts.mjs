import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

export const root = join(import.meta.dirname, '../..');
const compiled = join(root, '.waybill/cache/contracts');

/** libs/contracts as a module, transpiled by itself, so that no build is needed before. */
export async function loadContracts() {
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
  return import(pathToFileURL(join(compiled, 'index.js')).href);
}
