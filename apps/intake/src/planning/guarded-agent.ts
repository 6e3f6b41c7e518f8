import { StageError } from '@waybill/jobs';
import { guardedLookup, type AddressPolicy } from '@waybill/platform';
import { Agent } from 'undici';

const connectTimeoutMs = 10_000;
const silenceTimeoutMs = 20_000;

/** HTTP connections that only reach addresses which the policy allows. */
export const guardedAgent = (isAllowed: AddressPolicy): Agent =>
  new Agent({
    headersTimeout: silenceTimeoutMs,
    bodyTimeout: silenceTimeoutMs,
    connect: { timeout: connectTimeoutMs, lookup: guardedLookup(isAllowed, forbiddenAddress) },
  });

export const forbiddenAddress = (host: string): StageError =>
  new StageError(
    'document-fetch-failed',
    `${host} is not on the public internet, and this service fetches from nowhere else; submit the bytes instead.`,
  );
