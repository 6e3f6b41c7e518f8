import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentDefaults } from './config.js';

const doc = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');

/** Name and default of each table row. */
const described = Object.fromEntries(
  [...doc.matchAll(/^\| `([A-Z0-9_]+)` *\| *(?:`([^`]*)`)? *\|/gm)].map(([, name, value]) => [name, value]),
);

describe('docs/configuration.md', () => {
  it('describes every variable, with its default, and no other', () => {
    expect(described).toStrictEqual(environmentDefaults);
  });
});
