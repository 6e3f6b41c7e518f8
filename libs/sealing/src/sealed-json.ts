import type { Tenant } from '@waybill/contracts';
import type { Sealer } from './sealer.js';

/** A JSON value, sealed, in base64. */
export async function sealJson(sealer: Sealer, tenant: Tenant, context: string, value: unknown): Promise<string> {
  const sealed = await sealer.seal(tenant, context, Buffer.from(JSON.stringify(value)));
  return Buffer.from(sealed).toString('base64');
}

/** The value that `sealJson` sealed. Errors as of `Sealer.open`. */
export async function openJson(sealer: Sealer, tenant: Tenant, context: string, sealed: string): Promise<unknown> {
  const bytes = await sealer.open(tenant, context, Buffer.from(sealed, 'base64'));
  return JSON.parse(Buffer.from(bytes).toString()) as unknown;
}
