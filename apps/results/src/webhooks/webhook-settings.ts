import type { Environment } from '@waybill/platform';

/** What the operator has set about webhooks. */
export class WebhookSettings {
  readonly secret: string | undefined;
  /** Whether callbacks inside private networks are posted to. */
  readonly reachesPrivateNetworks: boolean;

  constructor(environment: Pick<Environment, 'WAYBILL_WEBHOOK_SECRET' | 'WAYBILL_WEBHOOK_TARGETS'>) {
    this.secret = environment.WAYBILL_WEBHOOK_SECRET;
    this.reachesPrivateNetworks = environment.WAYBILL_WEBHOOK_TARGETS === 'any';
  }

  get isConfigured(): boolean {
    return this.secret !== undefined;
  }
}

export const webhooksDisabled = 'Webhooks are not signed here, so none are sent; set WAYBILL_WEBHOOK_SECRET.';
