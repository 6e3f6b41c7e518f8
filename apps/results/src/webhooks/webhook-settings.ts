import { isPublicAddress, type AddressPolicy, type Environment } from '@waybill/platform';

/** What the operator has set about webhooks. */
export class WebhookSettings {
  readonly secret: string | undefined;
  /** Where callbacks are posted to: not into private networks, unless the operator says so. */
  readonly isAllowed: AddressPolicy;

  constructor(environment: Pick<Environment, 'WAYBILL_WEBHOOK_SECRET' | 'WAYBILL_WEBHOOK_TARGETS'>) {
    this.secret = environment.WAYBILL_WEBHOOK_SECRET;
    this.isAllowed = environment.WAYBILL_WEBHOOK_TARGETS === 'any' ? () => true : isPublicAddress;
  }

  get isConfigured(): boolean {
    return this.secret !== undefined;
  }
}

export const webhooksDisabled = 'Webhooks are not signed here, so none are sent; set WAYBILL_WEBHOOK_SECRET.';
