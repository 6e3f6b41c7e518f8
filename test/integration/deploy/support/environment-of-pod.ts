import type { Manifest } from './render-overlay.js';

type Values = Readonly<Record<string, string>>;

interface Container {
  readonly image: string;
  readonly args?: readonly string[];
  readonly envFrom?: readonly { readonly configMapRef?: { name: string }; readonly secretRef?: { name: string } }[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: { name: string; key: string } };
  }[];
}

/** The containers of Waybill's own image in an overlay, by the name of what runs them. */
export function ownContainers(manifests: readonly Manifest[]): [name: string, container: Container][] {
  return manifests.flatMap(({ kind, metadata, spec }) => {
    const template = spec?.['template'] as { spec?: { containers?: readonly Container[] } } | undefined;
    const containers = template?.spec?.containers ?? [];
    return containers
      .filter(({ image }) => image.startsWith('waybill:'))
      .map((container): [string, Container] => [`${kind} ${metadata.name}`, container]);
  });
}

/**
 * What a container's process finds in its environment, as Kubernetes puts it together: `envFrom` in order, then `env`, with
 * `$(NAME)` standing for what came before.
 * @throws Error naming a Secret, ConfigMap or key that is not there
 */
export function environmentOf(container: Container, manifests: readonly Manifest[], secrets: Record<string, Values>) {
  const environment: Record<string, string> = {};
  const present = (name: string, values: Values | undefined): Values => {
    if (!values) throw new Error(`There is no ${name}`);
    return values;
  };
  const secretOf = (name: string): Values => present(`Secret ${name}`, secrets[name]);
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    const map = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef?.name);
    if (configMapRef) Object.assign(environment, present(`ConfigMap ${configMapRef.name}`, map?.data));
    if (secretRef) Object.assign(environment, secretOf(secretRef.name));
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const { secretKeyRef } = valueFrom ?? {};
    const taken = secretKeyRef ? secretOf(secretKeyRef.name)[secretKeyRef.key] : value;
    if (taken === undefined) throw new Error(`${name} has no value`);
    environment[name] = taken.replaceAll(/\$\((\w+)\)/g, (_, other: string) => environment[other] ?? `$(${other})`);
  }
  return environment;
}
