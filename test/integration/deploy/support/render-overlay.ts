import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as its manifest says it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly spec?: Record<string, unknown>;
  readonly data?: Record<string, string>;
  readonly stringData?: Record<string, string>;
}

const overlaysFolder = join(import.meta.dirname, '../../../../deploy/kubernetes/overlays');

/** True where a kubectl that can render is on the PATH. */
export function kubectlIsThere(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The objects of an overlay as `kubectl kustomize` renders them. */
export function renderOverlay(name: string): Manifest[] {
  const yaml = execFileSync('kubectl', ['kustomize', join(overlaysFolder, name)], { encoding: 'utf8' });
  return parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);
}
