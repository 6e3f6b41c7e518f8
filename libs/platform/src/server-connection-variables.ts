import { z } from 'zod';

/** How NATS and Postgres are reached. See docs/security.md. */
export const serverConnectionVariables = {
  /** The authority that signed the certificate of the NATS server, as PEM; those the system trusts when absent. */
  WAYBILL_NATS_CA_FILE: z.string().min(1).optional(),
  /** What this service shows the NATS server, as PEM; with its key. */
  WAYBILL_NATS_CERT_FILE: z.string().min(1).optional(),
  WAYBILL_NATS_CERT_KEY_FILE: z.string().min(1).optional(),
  /** The name in the server's certificate, where it is not the one in NATS_URL. */
  WAYBILL_NATS_SERVER_NAME: z.string().min(1).optional(),
  /** `trusted`: nobody else is on the network of the servers, or it encrypts by itself; production allows plain connections then. */
  WAYBILL_SERVER_NETWORK: z.enum(['open', 'trusted']).default('open'),
};
