import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeRelease, type ReleaseDescription } from '@waybill/contracts';
import { findBreaks } from './find-breaks.js';

const root = join(import.meta.dirname, '..', '..', '..');
const migrationsFolder = join(root, 'libs', 'persistence', 'src', 'migrations');
const files = readdirSync(migrationsFolder).sort();

/** As it was kept when the last release was made; before the first one, as it was when the contract was last broken. */
const last = JSON.parse(
  readFileSync(join(root, 'test', 'contracts', 'last-release.json'), 'utf8'),
) as ReleaseDescription;
const present = JSON.parse(
  JSON.stringify(
    describeRelease(
      'present',
      files.map((name) => name.replace(/\.ts$/, '')),
    ),
  ),
) as ReleaseDescription;

/** A wish that was added: clients use it when all workers know it, and an old worker that meets it leaves it to a newer one. */
const isNewWish = (sentence: string): boolean => sentence.endsWith('is written, and its reader refuses it');

/**
 * Old and new workers run side by side in an upgrade, so each reads what the other writes. A change that fails here is
 * done in two releases: readers first, writers in the next. See docs/operations.md.
 */
describe.each(Object.keys(last.contents))('%s', (name) => {
  it('of the last release is read by this one', () => {
    expect(findBreaks(last.contents[name]!.writes, present.contents[name]?.reads ?? { not: {} })).toEqual([]);
  });

  it('of this release is read by the last one, or left to newer workers', () => {
    const breaks = findBreaks(present.contents[name]?.writes ?? {}, last.contents[name]!.reads);
    expect(breaks.filter((sentence) => !isNewWish(sentence))).toEqual([]);
  });
});

describe('what a worker of the last release compares at its start', () => {
  it('is as it was, so that it starts beside this one', () => {
    expect(present.streams).toMatchObject(last.streams);
    expect(present.consumers).toMatchObject(last.consumers);
  });
});

describe('the migrations since the last release', () => {
  const added = files.filter((name) => !last.migrations.includes(name.replace(/\.ts$/, '')));

  it('come after those of the last release, which are as they were', () => {
    expect(present.migrations.slice(0, last.migrations.length)).toEqual(last.migrations);
  });

  it('take nothing away that the last release needs', () => {
    for (const name of added) {
      const text = readFileSync(join(migrationsFolder, name), 'utf8');
      const up = text.slice(0, text.search(/\bdown\(/) === -1 ? undefined : text.search(/\bdown\(/));
      expect([
        name,
        up.match(/drop\s+(table|column)|rename\s+(to|column)|set\s+not\s+null|alter\s+column\s+\w+\s+type/gi),
      ]).toEqual([name, null]);
    }
  });
});
