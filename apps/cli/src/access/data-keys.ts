import { connect, JetstreamKeyBook, managerOf } from '@waybill/jetstream';
import { masterKeysOf } from '@waybill/key-management';
import type { MasterKeys } from '@waybill/sealing';
import type { Session } from '../session.js';
import { stackEnvironment } from '../stack/stack-environment.js';

export { systemClock } from '@waybill/jobs';
export { newMasterKey, rotateKeys } from '@waybill/sealing';

interface DataKeys {
  readonly book: JetstreamKeyBook;
  /** Absent where no master key is configured. */
  readonly masters: MasterKeys | undefined;
}

/** Works on the stream of data keys itself: whoever may has the server's address, and the master keys. */
export async function withDataKeys<Answer>(
  session: Session,
  work: (keys: DataKeys) => Promise<Answer>,
): Promise<Answer> {
  const environment = await stackEnvironment(session);
  const connection = await connect(environment, 'waybill-cli');
  try {
    const book = new JetstreamKeyBook(connection, await managerOf(connection));
    return await work({ book, masters: await masterKeysOf(environment) });
  } finally {
    await connection.close();
  }
}
