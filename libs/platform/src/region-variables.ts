import { z } from 'zod';

const region = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'write a region such as eu-central-1, or local for the machine of the person who asks')
  .optional();

/** Where content is that a job hands in. See docs/data.md. */
export const regionVariables = {
  /** Of everything here: services with their engines and guardrails, and the servers, unless they are elsewhere. */
  WAYBILL_REGION: region,
  WAYBILL_NATS_REGION: region,
  WAYBILL_DATABASE_REGION: region,
  /** Needed with an endpoint of one's own; else that of the bucket. */
  WAYBILL_DOCUMENT_STORE_REGION: region,
};
