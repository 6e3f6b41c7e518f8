import type { NatsConnection } from '@nats-io/transport-node';
import { dataKeysSubject, tenantOfSubject, type Tenant } from '@waybill/contracts';
import { systemClock } from '@waybill/jobs';
import { ConfigurationError, masterKeyText, type Environment } from '@waybill/platform';
import {
  KeyedSealer,
  LocalMasterKeys,
  parseMasterKeys,
  plainSealer,
  refusalOfKeys,
  TenantKeys,
  type MasterKeys,
  type Sealer,
} from '@waybill/sealing';
import { managerOf } from '../provision.js';
import { JetstreamKeyBook } from './jetstream-key-book.js';

type KeyEnvironment = Pick<Environment, 'WAYBILL_MASTER_KEY' | 'WAYBILL_MASTER_KEY_FILE'>;

/** The master keys of the configuration; undefined when there are none. @throws ConfigurationError */
export async function masterKeysOf(environment: KeyEnvironment): Promise<MasterKeys | undefined> {
  const text = await masterKeyText(environment);
  if (text === undefined) return undefined;
  const [current, ...others] = parseMasterKeys(text) ?? [];
  if (current) return new LocalMasterKeys([current, ...others]);
  throw new ConfigurationError(
    'The master key is not 32 bytes in base64; make one with `waybill secrets new`, and write the current one first.',
  );
}

/**
 * What encrypts the content of this stack; without a master key, one that stores it as it is.
 * @throws ConfigurationError when the stack holds content that the master keys given do not open
 */
export async function openSealer(connection: NatsConnection, environment: KeyEnvironment): Promise<Sealer> {
  const masters = await masterKeysOf(environment);
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
