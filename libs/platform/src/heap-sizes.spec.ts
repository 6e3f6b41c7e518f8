import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { heapOf } from './heap-sizes.js';

const startScript = readFileSync('deploy/docker/start.sh', 'utf8');

describe('heapOf', () => {
  it.each(['gateway', 'intake', 'ocr', 'reasoning', 'results'])('has the flags of %s that the image has', (service) => {
    const own = new RegExp(String.raw`^  (?:\w+ \| )*${service}(?: \| \w+)*\).*?heap="([^"]*)"`, 'ms').exec(
      startScript,
    );
    const others = /^ {2}\*\) heap="([^"]*)"/m.exec(startScript);
    expect(heapOf(service).flags.join(' ')).toBe((own ?? others)?.[1]);
  });
});
