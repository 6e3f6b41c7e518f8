import type { ModeratorSettings } from '@waybill/guardrails';

/** How a moderator is reached: its settings, and the key that they name. */
export interface ModeratorWire extends ModeratorSettings {
  readonly secret: string | undefined;
}
