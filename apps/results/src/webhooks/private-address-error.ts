/** A callback that points to where outsiders must not send us. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

export const privateAddress = (host: string): PrivateAddressError =>
  new PrivateAddressError(
    `The callback’s host ${host} is in a private network; set WAYBILL_WEBHOOK_TARGETS=any to post there.`,
  );
