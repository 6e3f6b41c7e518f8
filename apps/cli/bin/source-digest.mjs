import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the build is made from. Tests are not part of it. */
export const buildInputs = {
  folders: ['apps', 'libs', 'examples/typescript'],
  files: ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
  accepts: (name) => !name.endsWith('.spec.ts') && !name.endsWith('.mjs') && !name.startsWith('apps/console/'),
};

/** What the console is made from: nothing else is, so it is built apart. */
export const consoleInputs = {
  folders: ['apps/console', 'libs/contracts/src'],
  files: ['package-lock.json'],
  accepts: (name) => !name.endsWith('.spec.ts'),
};

/** The names of the source files, sorted, and one digest over names and contents. */
export function describeSources(projectFolder, { folders, files: single, accepts }) {
  const files = folders.flatMap((folder) => listFiles(projectFolder, folder)).filter(accepts);
  files.push(...single);
  files.sort();
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    hash.update(`\0${file}\0`).update(readFileSync(join(projectFolder, file)));
  }
  return { digest: hash.digest('hex'), files };
}

function listFiles(projectFolder, folder) {
  return readdirSync(join(projectFolder, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(projectFolder, path) : [path];
  });
}
