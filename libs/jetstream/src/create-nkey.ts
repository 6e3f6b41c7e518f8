import { nkeys } from '@nats-io/transport-node';

/** A user of a nats-server: the server knows the public half, the user keeps the seed. */
export interface Nkey {
  readonly publicKey: string;
  readonly seed: string;
}

export function createNkey(): Nkey {
  const pair = nkeys.createUser();
  return { publicKey: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) };
}

/** The public half that belongs to a seed. @throws Error when it is no seed */
export const publicNkeyOf = (seed: string): string =>
  nkeys.fromSeed(new TextEncoder().encode(seed.trim())).getPublicKey();
