import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedCatalog, shippedPolicy, type RoutingPolicyInput } from '@waybill/llm-routing';
import { temporaryFolder } from '../../support/index.js';

/** A policy in a file, until it is removed. */
export interface PolicyFile {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * The shipped policy, by which the rules and models of these providers alone are asked: what a test expects of a choice
 * outlives new cards of other providers.
 */
export async function policyOfProviders(
  providers: readonly string[],
  more: Partial<RoutingPolicyInput> = {},
): Promise<PolicyFile> {
  const asked = new Set(['rules', ...providers]);
  const allow = shippedCatalog.models.filter(({ provider }) => asked.has(provider)).map(({ id }) => id);
  const folder = await temporaryFolder('policy');
  const path = join(folder.path, 'policy.yaml');
  await writeFile(path, JSON.stringify({ ...shippedPolicy, allow, ...more }));
  return { path, remove: () => folder.remove() };
}
