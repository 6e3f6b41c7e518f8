import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { environmentDefaults, loadEnvironment } from '@waybill/platform';
import { parse } from 'yaml';
import { environmentOf, ownContainers } from './support/environment-of-pod.js';
import { readImage } from './support/read-compose.js';
import { kubectlIsThere, renderOverlay } from './support/render-overlay.js';

type Values = Record<string, string>;
const read = (path: string): unknown =>
  parse(readFileSync(join(import.meta.dirname, '../../../deploy/kubernetes', path), 'utf8'));

/** The example, filled in where a placeholder stands. */
const { stringData } = read('secret.example.yaml') as { stringData: Values };
const filledIn = {
  ...stringData,
  WAYBILL_WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}`,
  WAYBILL_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  WAYBILL_OPENAI_KEYS: 'sk-a,sk-b',
};
/** As CloudNativePG writes it. */
const ofPostgres = { uri: 'postgresql://waybill:secret@waybill-postgres-rw.waybill:5432/waybill' };
/** Of Node and glibc, and what only becomes part of an address. */
const foreignVariables = new Set(['NODE_ENV', 'MALLOC_ARENA_MAX', 'NATS_TOKEN']);

const describeWithKubectl = kubectlIsThere() ? describe : describe.skip;

/** What each process of an overlay finds in its environment. */
function environmentsOf(overlay: string): [name: string, environment: Values][] {
  const manifests = renderOverlay(overlay);
  const rendered = manifests.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'waybill');
  const waybill = rendered?.stringData ?? filledIn;
  const secrets = { waybill, 'waybill-postgres-app': ofPostgres };
  return ownContainers(manifests).map(([name, container]) => [
    name,
    { ...readImage().variables, ...environmentOf(container, manifests, secrets) },
  ]);
}

const overlays = ['dev', 'production', 'production-existing-servers'] as const;

describeWithKubectl('the environment of every process', () => {
  const environments = new Map<string, [name: string, environment: Values][]>();
  beforeAll(() => {
    for (const overlay of overlays) environments.set(overlay, environmentsOf(overlay));
  });
  const firstOf = (overlay: string) => loadEnvironment(environments.get(overlay)![0]![1]);

  it.each(overlays)('of %s is known, and accepted', (overlay) => {
    expect(environments.get(overlay)?.length).toBe(10);
    for (const [name, environment] of environments.get(overlay)!) {
      const unknown = Object.keys(environment).filter((each) => !(each in environmentDefaults));
      expect([name, unknown.filter((each) => !foreignVariables.has(each))]).toEqual([name, []]);
      expect(() => loadEnvironment(environment)).not.toThrow();
    }
  });

  it.each([
    ['dev', 'waybill-nats:4222', 'waybill-postgres:5432'],
    ['production', 'waybill-nats:4222', 'waybill-postgres-rw.waybill:5432'],
    ['production-existing-servers', 'nats.example:4222', 'postgres.example:5432'],
  ])('names the servers of %s', (overlay, nats, postgres) => {
    const { NATS_URL, DATABASE_URL, WAYBILL_RESULTS_URL } = firstOf(overlay);
    expect([new URL(NATS_URL).host, new URL(DATABASE_URL).host]).toEqual([nats, postgres]);
    expect(new URL(WAYBILL_RESULTS_URL).host).toBe('waybill-results:8080');
  });

  it('keeps to what production insists on, but for development', () => {
    expect(overlays.map((overlay) => firstOf(overlay).WAYBILL_MODE)).toEqual([
      ...['development', 'production', 'production'],
    ]);
  });
});
