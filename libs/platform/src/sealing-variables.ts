import { z } from 'zod';

/** With what content is encrypted where it is stored. See docs/data.md. */
export const sealingVariables = {
  /**
   * 32 bytes in base64, made by `waybill secrets new`, or the ARN of a key of AWS KMS; older ones may follow, separated by
   * commas.
   */
  WAYBILL_MASTER_KEY: z.string().min(1).optional(),
  /** A file with the same, one key a line. */
  WAYBILL_MASTER_KEY_FILE: z.string().min(1).optional(),
  /** Where AWS KMS is asked, if not at the public address of the key's region. */
  WAYBILL_KMS_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
};
