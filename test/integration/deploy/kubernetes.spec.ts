import { beforeAll, describe, expect, it } from '@jest/globals';
import { consumers, laneConsumer, reasoningLanes } from '@waybill/contracts';
import { schemaFaults, typeFaults } from './support/check-manifests.js';
import { kubectlIsThere, renderOverlay, type Manifest } from './support/render-overlay.js';

const overlays = ['dev', 'production', 'production-existing-servers'] as const;
/** Streams whose messages are work that workers scale by. */
const workStreams: readonly string[] = ['pages', 'reasoning'];

interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: { readonly runAsNonRoot?: boolean; readonly seccompProfile?: { readonly type: string } };
  readonly containers: readonly {
    readonly resources?: { readonly requests?: unknown; readonly limits?: unknown };
    readonly securityContext?: Record<string, unknown>;
  }[];
}
const podOf = (manifest: Manifest): PodSpec | undefined =>
  (manifest.spec?.['template'] as { spec: PodSpec } | undefined)?.spec;

const ofKind = (manifests: readonly Manifest[], kind: string): Manifest[] =>
  manifests.filter((manifest) => manifest.kind === kind);

const describeWithKubectl = kubectlIsThere() ? describe : describe.skip;

describeWithKubectl.each(overlays)('the overlay %s', (name) => {
  let manifests: Manifest[] = [];
  beforeAll(() => {
    manifests = renderOverlay(name);
  });

  it('fits the schemas of Kubernetes, KEDA and CloudNativePG', async () => {
    expect(manifests.length).toBeGreaterThan(20);
    expect(await schemaFaults(manifests)).toEqual([]);
  });

  it('has no field that the schemas do not know', () => {
    expect(typeFaults(manifests)).toEqual([]);
  });

  it('runs every pod under the restricted pod security standard', () => {
    const pods = manifests.flatMap((manifest) => podOf(manifest) ?? []);
    expect(pods.length).toBeGreaterThan(8);
    for (const pod of pods) {
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const { securityContext, resources } of pod.containers) {
        expect(securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(resources?.requests).toBeDefined();
        expect(resources?.limits).toBeDefined();
      }
    }
    expect(ofKind(manifests, 'Namespace')[0]?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  it('lets a stopping service finish its drain', () => {
    for (const deployment of ofKind(manifests, 'Deployment')) {
      expect(podOf(deployment)?.terminationGracePeriodSeconds).toBeGreaterThan(25);
    }
  });

  it('puts everything into one namespace behind a default deny', () => {
    for (const { kind, metadata } of manifests) if (kind !== 'Namespace') expect(metadata.namespace).toBe('waybill');
    const denial = ofKind(manifests, 'NetworkPolicy').find(({ metadata }) => metadata.name === 'default-deny');
    expect(denial?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });
});

describeWithKubectl('scaling by lag', () => {
  const workConsumers = Object.values(consumers)
    .filter(({ stream }) => workStreams.includes(stream))
    .map(({ name }) => name)
    .sort();

  const isOfWork = (name: string): boolean => !name.endsWith('-dead-letters');

  it('scales by each lane of work once, and has a Deployment for it', () => {
    const manifests = renderOverlay('production');
    const deployments = ofKind(manifests, 'Deployment').map(({ metadata }) => metadata.name);
    const scaled = ofKind(manifests, 'ScaledObject').flatMap(({ spec }) => {
      const { scaleTargetRef, triggers } = spec as {
        scaleTargetRef: { name: string };
        triggers: { metadata: { consumer: string } }[];
      };
      expect(deployments).toContain(scaleTargetRef.name);
      return triggers.map(({ metadata }) => metadata.consumer);
    });
    expect(scaled.filter(isOfWork).sort()).toEqual(workConsumers);
  });

  it('has a Deployment for each lane of reasoning that works on this lane alone', () => {
    const deployments = ofKind(renderOverlay('production'), 'Deployment');
    for (const lane of reasoningLanes) {
      const deployment = deployments.find(({ metadata }) => metadata.name === `waybill-${laneConsumer(lane)}`);
      const { env } = (podOf(deployment!)?.containers[0] ?? {}) as { env: { name: string; value?: string }[] };
      expect(env.find(({ name }) => name === 'WAYBILL_REASONING_LANES')?.value?.split(':')[0]).toBe(lane);
    }
  });

  it('scales by each lane where there is no KEDA', () => {
    const manifests = renderOverlay('production-existing-servers');
    const scaled = ofKind(manifests, 'HorizontalPodAutoscaler').flatMap(({ spec }) => {
      const { metrics } = spec as { metrics: { external: { metric: { selector: Selector } } }[] };
      return metrics.flatMap(({ external }) => consumersOf(external.metric.selector));
    });
    expect(scaled.filter(isOfWork).sort()).toEqual(workConsumers);
  });
});

interface Selector {
  readonly matchLabels?: { readonly consumer: string };
  readonly matchExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[];
}

const consumersOf = ({ matchLabels, matchExpressions = [] }: Selector): string[] => [
  ...(matchLabels ? [matchLabels.consumer] : []),
  ...matchExpressions.filter(({ key }) => key === 'consumer').flatMap(({ values }) => values),
];

describe('the checks themselves', () => {
  const deployment = (spec: Record<string, unknown>): Manifest => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'x' },
    spec: { selector: {}, template: {}, ...spec },
  });

  it('find a wrong type and a misspelt field', async () => {
    expect(await schemaFaults([deployment({ replicas: 'two' })])).toEqual([expect.stringContaining('replicas')]);
    expect(typeFaults([deployment({ replicass: 2 })])).toEqual([expect.stringContaining('replicass')]);
    expect(typeFaults([deployment({ replicas: 2 })])).toEqual([]);
  });
});
