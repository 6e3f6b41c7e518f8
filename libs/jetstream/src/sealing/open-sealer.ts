import type { NatsConnection } from '@nats-io/transport-node';
import { dataKeysSubject, tenantOfSubject, type Tenant } from '@waybill/contracts';
import { systemClock } from '@waybill/jobs';
import { ConfigurationError } from '@waybill/platform';
import { KeyedSealer, plainSealer, refusalOfKeys, TenantKeys, type MasterKeys, type Sealer } from '@waybill/sealing';
import { managerOf } from '../provision.js';
import { JetstreamKeyBook } from './jetstream-key-book.js';

/**
 * What encrypts the content of this stack; without a master key, one that stores it as it is.
 * @throws ConfigurationError when the stack holds content that the master keys given do not open
 */
export async function openSealer(connection: NatsConnection, masters: MasterKeys | undefined): Promise<Sealer> {
  const book = new JetstreamKeyBook(connection, await managerOf(connection));
  const refusal = await refusalOfKeys(await book.all(), masters);
  if (refusal !== undefined) throw new ConfigurationError(refusal);
  if (!masters) return plainSealer;
  const keys = new TenantKeys(book, masters, systemClock);
  connection.subscribe(dataKeysSubject('*'), {
    callback: (_error, { subject }) => keys.forget((tenantOfSubject(subject) ?? '') as Tenant),
  });
  return new KeyedSealer(keys);
}
