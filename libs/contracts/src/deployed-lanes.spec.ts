import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { consumers, laneConsumer, streams } from './streams.js';
import { reasoningLanes } from './subjects.js';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly scaleTargetRef?: { readonly name: string };
    readonly triggers?: readonly { readonly type: string; readonly metadata: Readonly<Record<string, string>> }[];
    readonly template?: {
      readonly spec: { readonly containers: readonly { readonly env: readonly { name: string; value: string }[] }[] };
    };
  };
}

const folder = join(import.meta.dirname, '../../../deploy/kubernetes/base');
const manifestsOf = async (lane: string): Promise<Manifest[]> =>
  parseAllDocuments(await readFile(join(folder, `reasoning-${lane}.yaml`), 'utf8')).map(
    (document) => document.toJS() as Manifest,
  );

describe.each(reasoningLanes)('the deployment of the lane %s', (lane) => {
  it('works on this lane alone and follows the lag of its consumer', async () => {
    const manifests = await manifestsOf(lane);
    const deployment = manifests.find(({ kind }) => kind === 'Deployment')!;
    const scaled = manifests.find(({ kind }) => kind === 'ScaledObject')!;
    const variables = deployment.spec.template!.spec.containers[0]!.env;
    expect(variables.find(({ name }) => name === 'WAYBILL_REASONING_LANES')?.value.split(':')[0]).toBe(lane);
    expect(scaled.spec.scaleTargetRef?.name).toBe(deployment.metadata.name);
    const [trigger] = scaled.spec.triggers!;
    expect(trigger).toMatchObject({
      type: 'nats-jetstream',
      metadata: { stream: streams.reasoning.name, consumer: laneConsumer(lane) },
    });
    expect(Object.values(consumers).map(({ name }) => name)).toContain(trigger!.metadata.consumer);
    const list = await readFile(join(folder, 'kustomization.yaml'), 'utf8');
    expect(list).toContain(`- reasoning-${lane}.yaml`);
  });
});
