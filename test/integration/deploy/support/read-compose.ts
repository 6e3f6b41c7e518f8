import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../../..');

/** A service as `deploy/compose.yaml` says it, with the operator's variables filled in. */
export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/**
 * Reads the compose file as an engine would: merge keys, then `${NAME:?why}` and `${NAME:-value}`.
 * @throws Error when the file asks for a variable that `variables` lacks
 */
export function readCompose(variables: Readonly<Record<string, string>>): ComposeFile {
  const text = readFileSync(join(root, 'deploy/compose.yaml'), 'utf8');
  const filled = text
    .replaceAll(/^\s*#.*$/gm, '')
    .replaceAll(/\$\{(\w+)(?::([?-])([^}]*))?\}/g, (_, name: string, kind: string | undefined, rest = '') => {
      const value = variables[name] ?? (kind === '-' ? String(rest) : undefined);
      if (value === undefined) throw new Error(`${name} is not set: ${String(rest)}`);
      return value;
    });
  return parse(filled, { merge: true }) as ComposeFile;
}

/** The variables that the image sets, and its entry point's apps. */
export function readImage(): { readonly variables: Record<string, string>; readonly port: string } {
  const dockerfile = readFileSync(join(root, 'deploy/docker/Dockerfile'), 'utf8');
  const lines = [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.split(' '));
  const variables = Object.fromEntries(lines.map((pair) => pair.split('=', 2) as [string, string]));
  return { variables, port: /^EXPOSE (\d+)$/m.exec(dockerfile)?.[1] ?? '' };
}
