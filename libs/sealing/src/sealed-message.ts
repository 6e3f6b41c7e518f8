import type { Tenant } from '@waybill/contracts';
import type { Sealer } from './sealer.js';
import { openJson, sealJson } from './sealed-json.js';

/** What stays readable of a message, for whoever routes, counts or follows; all else is content. */
const outlineFields: ReadonlySet<string> = new Set([
  ...['version', 'tenant', 'jobId', 'batchId', 'type', 'at', 'door', 'document', 'page', 'line', 'deadline'],
  ...['deliveryId', 'stage', 'attempts', 'status', 'costUsd', 'times', 'until', 'reason'],
]);

type Fields = Readonly<Record<string, unknown>>;

/**
 * Encrypts the content of a message and leaves its outline: `{…outline, sealed}`. The outline is authenticated with it. A
 * message that has no tenant, no content, or is sealed already stays as it is.
 */
export async function sealMessage(sealer: Sealer, payload: string | Uint8Array): Promise<string | Uint8Array> {
  if (!sealer.isOn) return payload;
  const fields = fieldsIn(payload);
  if (!fields || typeof fields['tenant'] !== 'string' || typeof fields['sealed'] === 'string') return payload;
  const entries = Object.entries(fields);
  const content = entries.filter(([name]) => !outlineFields.has(name));
  if (content.length === 0) return payload;
  const outline = Object.fromEntries(entries.filter(([name]) => outlineFields.has(name)));
  const tenant = fields['tenant'] as Tenant;
  const sealed = await sealJson(sealer, tenant, contextOf(outline), Object.fromEntries(content));
  return JSON.stringify({ ...outline, sealed });
}

/** Whether a parsed message has encrypted content. */
export const isSealedMessage = (message: unknown): message is { readonly tenant: Tenant; readonly sealed: string } =>
  isFields(message) && typeof message['sealed'] === 'string' && typeof message['tenant'] === 'string';

/**
 * The message as it was before `sealMessage`, also where it is the original inside a dead letter; others are given back
 * as they are. Errors as of `Sealer.open`.
 */
export async function openMessage(sealer: Sealer, message: unknown): Promise<unknown> {
  if (!isSealedMessage(message)) return message;
  const { sealed, ...outline } = message;
  const content = (await openJson(sealer, message.tenant, contextOf(outline), sealed)) as Fields;
  const opened: Fields = { ...outline, ...content };
  const { original } = opened;
  if (!isFields(original) || typeof original['payload'] !== 'string') return opened;
  return { ...opened, original: { ...original, payload: await openOriginal(sealer, original['payload']) } };
}

async function openOriginal(sealer: Sealer, payload: string): Promise<string> {
  const fields = fieldsIn(Buffer.from(payload, 'base64'));
  if (!isSealedMessage(fields)) return payload;
  return Buffer.from(JSON.stringify(await openMessage(sealer, fields))).toString('base64');
}

const contextOf = (outline: Fields): string => `message ${JSON.stringify(outline)}`;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsIn(payload: string | Uint8Array): Fields | undefined {
  try {
    const value = JSON.parse(Buffer.from(payload as string).toString()) as unknown;
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
