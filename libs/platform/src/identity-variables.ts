import { tenantSchema } from '@waybill/contracts';
import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ }).optional();

/** Who may ask. See docs/identity.md. */
export const identityVariables = {
  /** `production` refuses to start with settings that are only fit for one's own machine. */
  WAYBILL_MODE: z.enum(['development', 'production']).default('development'),
  /** `keys` asks every caller for an API key or a token; `none` trusts whoever reaches the port. */
  WAYBILL_AUTH: z.enum(['keys', 'none']).default('keys'),
  /** A file with the seed of an nkey, to connect to NATS with; made by `waybill nats-auth`. */
  WAYBILL_NATS_NKEY_FILE: z.string().min(1).optional(),
  /** A YAML or JSON file with the requests a second of tenants and keys (docs/fair-use.md); no limits when absent. */
  WAYBILL_LIMITS: z.string().min(1).optional(),
  /** Admins of this tenant may act for every tenant; nobody may when absent. */
  WAYBILL_OPERATOR_TENANT: tenantSchema.optional(),
  /** Tokens of this issuer are taken, too; exactly as they write it in `iss`. */
  WAYBILL_OIDC_ISSUER: address,
  /** What such a token must be meant for (`aud`). */
  WAYBILL_OIDC_AUDIENCE: z.string().min(1).optional(),
  /** The claim that names the tenant. */
  WAYBILL_OIDC_TENANT_CLAIM: z.string().min(1).default('waybill_tenant'),
  /** Where the issuer's keys are; found by OpenID discovery when absent. */
  WAYBILL_OIDC_JWKS_URL: address,
};
