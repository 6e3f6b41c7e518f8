#!/usr/bin/env node
/**
 * Run by `npm pack` and `npm publish` in this folder: compiles the client and what it needs of the contracts and jobs into
 * dist, with types (checked by `npm run check`), and has them find each other there instead of by the names that they have in this repository. What it made is removed after packing.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');
const libraries = join(root, 'libs');
const outDir = join(import.meta.dirname, 'dist');
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);

const entries = ['index.ts', 'server-sent-events.ts'].map((name) => join(import.meta.dirname, 'src', name));
const program = ts.createProgram(entries, {
  ...options,
  ...{ noEmit: false, incremental: false, tsBuildInfoFile: undefined, sourceMap: false },
  ...{ declaration: true, emitDecoratorMetadata: false, rootDir: libraries, outDir },
});
rmSync(outDir, { recursive: true, force: true });
program.emit(undefined, (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    text.replace(/(['"])@waybill\/([a-z-]+)\1/g, (_, quote, name) => `${quote}${doorOf(name, path)}${quote}`),
  );
});
cpSync(join(root, 'LICENSE'), join(import.meta.dirname, 'LICENSE'));

function doorOf(library, from) {
  return relative(dirname(from), join(outDir, library, 'src', 'index.js'))
    .replace(/^(?!\.)/, './')
    .replaceAll('\\', '/');
}
