#!/usr/bin/env node
/**
 * Builds the console into dist/apps/console: Vite's output, each file beside its gzip and brotli forms. Refuses a build
 * whose scripts and styles are larger than the budget, or that would ask for anything elsewhere.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const budgetBytes = 300_000;
const root = import.meta.dirname;
const eventStream = join(root, '..', '..', 'libs', 'client', 'src', 'server-sent-events.ts');
const outDir = join(root, '..', '..', 'dist', 'apps', 'console');

await build({
  root,
  base: '/console/',
  configFile: false,
  logLevel: 'warn',
  // The client's parser, which needs nothing else; its main door needs Node.
  resolve: { alias: { '@waybill/client/server-sent-events': eventStream } },
  oxc: { jsx: { runtime: 'automatic' } },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: { outDir, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});

let gzipBytes = 0;
for (const entry of await readdir(outDir, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  const bytes = await readFile(path);
  const gzip = gzipSync(bytes, { level: 9 });
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  await Promise.all([
    writeFile(`${path}.gz`, gzip),
    writeFile(`${path}.br`, brotliCompressSync(bytes, { params: quality })),
  ]);
  if (/\.(js|css)$/.test(entry.name)) gzipBytes += gzip.length;
}
console.log(`Console: ${Math.round(gzipBytes / 1_000)} KB of scripts and styles, compressed`);
if (gzipBytes > budgetBytes) {
  console.error(`The console takes ${gzipBytes} bytes compressed; ${budgetBytes} is the most. Leave something out.`);
  process.exitCode = 1;
}
