import type { Environment } from '@waybill/platform';

export type Verdict = 'ok' | 'warn' | 'fail';

/** What one check of `waybill doctor` found. */
export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  /** A sentence, or a version or address where all is well. */
  readonly found: string;
  /** What to do, where something should be done. */
  readonly advice?: string;
}

/** What the checks look at. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The variables as the services understand them, or their defaults where they are not usable. */
  readonly environment: Environment;
  /** Servers that the variables name or that run now; `waybill up` brings the others. */
  readonly servers: { readonly natsUrl: string | undefined; readonly databaseUrl: string | undefined };
  readonly projectFolder: string;
  readonly dataFolder: string;
  /** How this user starts the CLI. */
  readonly commandLine: (rest: string) => string;
}

export type Check = (surroundings: Surroundings) => Promise<Finding | readonly Finding[]>;

export const ok = (name: string, found: string): Finding => ({ name, verdict: 'ok', found });
export const warn = (name: string, found: string, advice: string): Finding => ({
  name,
  verdict: 'warn',
  found,
  advice,
});
export const fail = (name: string, found: string, advice: string): Finding => ({
  name,
  verdict: 'fail',
  found,
  advice,
});
