import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { environmentDefaults, loadEnvironment, readinessPath } from '@waybill/platform';
import { readCompose, readImage, type ComposeService } from './support/read-compose.js';

const root = join(import.meta.dirname, '../../..');
const operator = {
  POSTGRES_PASSWORD: 'a-password',
  WAYBILL_WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}`,
  WAYBILL_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
};
const { services, volumes } = readCompose(operator);
const image = readImage();
const own = Object.entries(services).filter(([, { build }]) => build !== undefined);
const environmentOf = ({ environment }: ComposeService) => ({ ...image.variables, ...environment });
/** Of Node and glibc, not of Waybill. */
const foreignVariables = ['NODE_ENV', 'MALLOC_ARENA_MAX'];

describe('deploy/compose.yaml', () => {
  it('runs every app once, and provisions before', () => {
    const commands = own.map(([name, { command }]) => [name, command?.join(' ')]);
    expect(Object.fromEntries(commands)).toEqual({
      ...{ intake: 'intake', ocr: 'ocr', reasoning: 'reasoning', results: 'results', gateway: 'gateway' },
      provision: 'cli provision',
    });
    for (const [, { command }] of own) expect(existsSync(join(root, 'apps', command![0]!, 'src/main.ts'))).toBe(true);
    expect(existsSync(join(root, 'apps/cli/src/commands/provision.ts'))).toBe(true);
  });

  it.each(own)('gives %s an environment that it knows and accepts', (_, service) => {
    const environment = environmentOf(service);
    const unknown = Object.keys(environment).filter((name) => !(name in environmentDefaults));
    expect(unknown.sort()).toEqual([...foreignVariables].sort());
    expect(loadEnvironment(environment)).toMatchObject({ WAYBILL_MODE: 'production', WAYBILL_HOST: '0.0.0.0' });
  });

  it('asks for the secrets that it cannot do without', () => {
    for (const name of ['POSTGRES_PASSWORD', 'WAYBILL_MASTER_KEY']) {
      const { [name as keyof typeof operator]: _, ...others } = operator;
      expect(() => readCompose(others)).toThrow(`${name} is not set`);
    }
    expect(() => readCompose({ ...operator, WAYBILL_WEBHOOK_SECRET: '' })).not.toThrow();
  });

  it('names servers that are there, at the ports and with the account that they have', () => {
    const { NATS_URL, DATABASE_URL, WAYBILL_RESULTS_URL, WAYBILL_PORT } = loadEnvironment(environmentOf(own[0]![1]));
    expect(NATS_URL).toBe('nats://nats:4222');
    expect(WAYBILL_RESULTS_URL).toBe(`http://results:${WAYBILL_PORT}`);
    expect(image.port).toBe(String(WAYBILL_PORT));
    const database = new URL(DATABASE_URL);
    expect([database.hostname, database.port]).toEqual(['postgres', '5432']);
    expect(services['postgres']?.environment).toEqual({
      POSTGRES_USER: database.username,
      POSTGRES_PASSWORD: database.password,
      POSTGRES_DB: database.pathname.slice(1),
    });
  });

  it('asks after health where it is told', () => {
    const { WAYBILL_PORT } = image.variables;
    for (const [name, { healthcheck, command }] of own) {
      if (command![0] === 'cli') expect(healthcheck).toEqual({ disable: true });
      else
        expect([name, healthcheck?.test?.at(-1)]).toEqual([
          name,
          expect.stringContaining(`:${WAYBILL_PORT}/${readinessPath}'`),
        ]);
    }
    const { command = [], healthcheck } = services['nats']!;
    const monitoring = command[command.indexOf('--http_port') + 1];
    expect(healthcheck?.test?.at(-1)).toBe(`http://127.0.0.1:${monitoring}/healthz`);
  });

  it('waits for what is there and can be waited for', () => {
    for (const { depends_on: needs = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(needs)) {
        const { healthcheck, restart } = services[name]!;
        if (condition === 'service_healthy') expect(healthcheck?.test).toBeDefined();
        else expect([condition, restart]).toEqual(['service_completed_successfully', 'no']);
      }
    }
    for (const [name, { depends_on: needs = {} }] of own) {
      expect(Object.keys(needs)).toEqual(name === 'provision' ? ['nats', 'postgres'] : ['provision']);
    }
  });

  it('keeps data in volumes that it declares, and opens ports to this machine only', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
    expect(mounted.map((volume) => volume.split(':')[0]).sort()).toEqual(Object.keys(volumes).sort());
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    for (const port of published) expect(port).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+:${image.port}$`));
    expect(new Set(published.map((port) => port.split(':')[1])).size).toBe(published.length);
  });

  it.each(own)('gives %s nothing to write to but /tmp, no rights, and longer to stop than it drains', (_, service) => {
    expect(service).toMatchObject({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'] });
    const { WAYBILL_DRAIN_MS } = loadEnvironment(environmentOf(service));
    expect(Number.parseInt(service.stop_grace_period ?? '0', 10) * 1_000).toBeGreaterThan(WAYBILL_DRAIN_MS);
  });
});
