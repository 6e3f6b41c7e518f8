import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  comparePriceList,
  fromLitellm,
  fromPortkey,
  overlayOf,
  type Catalog,
  type PriceList,
} from '@waybill/llm-routing';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import type { Session } from '../session.js';
import { describeComparison } from './describe-comparison.js';

export interface ImportOptions {
  readonly from: 'litellm' | 'portkey';
  readonly sha256: string;
  readonly provider?: string;
  readonly write?: string;
}

export interface ImportWish extends ImportOptions {
  readonly file: string;
  readonly catalog: Catalog;
}

/** Compares a price list with the catalog, and writes an overlay with what the catalog lacks where that is wanted. */
export async function importPriceList(session: Session, wish: ImportWish): Promise<void> {
  const { terminal } = session;
  const digest = wish.sha256.toLowerCase();
  const list = parse(wish, await readPinned(session.resolvePath(wish.file), digest));
  const comparison = comparePriceList(wish.catalog, list);
  terminal.printJson({ catalog: wish.catalog.version, sha256: digest, ...comparison });
  terminal.print(describeComparison(comparison, wish.catalog, terminal.colours));
  if (wish.write === undefined) return;
  const origin = { at: `${wish.from} sha256:${digest}`, asOf: new Date().toISOString().slice(0, 10) };
  const overlay = overlayOf(wish.catalog, comparison.added, origin);
  await writeNew(session.resolvePath(wish.write), `${JSON.stringify(overlay, null, 2)}\n`);
  terminal.note(`Wrote ${comparison.added.length} models to ${wish.write}; say there which tasks each one suits.`);
}

/** The text of the very file that the operator has looked at. */
async function readPinned(path: string, sha256: string): Promise<string> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new CliError(exitCodes.usage, 'Write --sha256 as the 64 hexadecimal digits that sha256sum prints.');
  }
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CliError(exitCodes.notFound, `${path} cannot be read; name a price list on this machine.`, { cause });
  });
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== sha256) {
    throw new CliError(
      exitCodes.refused,
      `${path} has the digest ${actual}, not ${sha256}; look at what changed before you import it.`,
    );
  }
  return bytes.toString('utf8');
}

function parse({ from, file, provider }: ImportWish, text: string): PriceList {
  try {
    const data: unknown = JSON.parse(text);
    if (from === 'litellm') return fromLitellm(data);
    const named = provider ?? basename(file).replace(/\.json$/, '');
    return fromPortkey(data, portkeyNames[named] ?? named);
  } catch (cause) {
    throw new CliError(exitCodes.refused, `${file} is no price list of the form "${from}"; choose the other form.`, {
      cause,
    });
  }
}

/** Portkey's file names of providers that have another name here. */
const portkeyNames: Readonly<Record<string, string>> = {
  'open-ai': 'openai',
  'vertex-ai': 'google-vertex',
  'together-ai': 'together',
  'fireworks-ai': 'fireworks',
  'mistral-ai': 'mistral',
  'x-ai': 'xai',
  dashscope: 'qwen',
};

async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((cause: unknown) => {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const why = exists ? 'exists already; nothing was changed' : 'cannot be written';
    throw new CliError(exitCodes.refused, `${path} ${why}. Name another file with --write.`, { cause });
  });
}
