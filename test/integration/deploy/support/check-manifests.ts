import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Manifest } from './render-overlay.js';

/** Schemas by API group: the npm packages of the kubernetes-models project, generated from the published OpenAPI and CRDs. */
const packagesByGroup: Readonly<Record<string, string>> = {
  'keda.sh': '@kubernetes-models/keda',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
};

const root = join(import.meta.dirname, '../../../..');

/** `apps/v1` and `Deployment` to the module that knows them. */
function moduleOf({ apiVersion, kind }: Manifest): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const name = packagesByGroup[group ?? ''] ?? 'kubernetes-models';
  return `${name}/${apiVersion}/${kind}`;
}

const nameOf = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;

/** What the schemas say against the objects: wrong types, missing and malformed values. */
export async function schemaFaults(manifests: readonly Manifest[]): Promise<string[]> {
  const faults: string[] = [];
  for (const manifest of manifests) {
    const loaded = (await import(moduleOf(manifest))) as Record<string, new (data: Manifest) => { validate(): void }>;
    const Model = loaded[manifest.kind];
    if (!Model) throw new Error(`${moduleOf(manifest)} has no ${manifest.kind}.`);
    try {
      new Model(manifest).validate();
    } catch (error) {
      faults.push(`${nameOf(manifest)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return faults;
}

/**
 * What the schemas' types say against the objects. Kubernetes' schemas let unknown fields pass, so a misspelt one would
 * be dropped in silence; written as literals of their types, the compiler finds it.
 */
export function typeFaults(manifests: readonly Manifest[]): string[] {
  const file = join(root, 'manifests.generated.ts');
  const lines = manifests.map((manifest, index) => {
    const type = `import(${JSON.stringify(moduleOf(manifest))}).I${manifest.kind}`;
    return `export const object${index}: ${type} = ${JSON.stringify(manifest)};`;
  });
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, lines.join('\n'), version) : read(name, version);
  host.fileExists = (name) => name === file || existsSync(name);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
    const manifest = manifests[line];
    return `${manifest ? nameOf(manifest) : '?'}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  });
}
