/**
 * Keeps what this release writes, reads and expects in test/contracts/last-release.json, for the next one to be compared
 * with. Run when a release is made, with the version in package.json set.  `npm run contracts:release`
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadContracts, root } from './load-contracts.mjs';

const { describeRelease } = await loadContracts();
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const files = await readdir(join(root, 'libs/persistence/src/migrations'));
const migrations = files.map((name) => name.replace(/\.ts$/, '')).sort();
const { contents, ...rest } = describeRelease(version, migrations);

// A line for each content: a change of one shows as one changed line, and nobody reads further than that.
const lines = Object.entries(contents).map(
  ([name, content]) => `    ${JSON.stringify(name)}: ${JSON.stringify(content)}`,
);
const frame = JSON.stringify(rest, null, 2).replace(/\n\}$/, '');
await writeFile(
  join(root, 'test/contracts/last-release.json'),
  `${frame},\n  "contents": {\n${lines.join(',\n')}\n  }\n}\n`,
);
console.log(`test/contracts/last-release.json (${version})`);
