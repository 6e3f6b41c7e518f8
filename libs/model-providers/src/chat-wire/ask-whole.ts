import type { IncomingHttpHeaders } from 'node:http';
import type { CallStop } from '@waybill/llm-routing';
import type { Dispatcher, Pool } from 'undici';

/** An answer that has come to its end. */
export interface WholeAnswer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Why there is no whole answer: nobody was reached, or it broke off on the way. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';

  constructor(
    readonly stage: 'asking' | 'answering',
    override readonly cause: unknown,
  ) {
    super('The connection ended before the answer did.');
  }
}

/**
 * One request whose answer is gathered as it comes. Past `Pool.request`, whose stream for each answer costs more than all
 * else that is done with a small one. @throws AnswerLost, or the reason of the stop
 */
export function askWhole(pool: Pool, request: Dispatcher.DispatchOptions, stop: CallStop): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    if (stop.reason) {
      reject(stop.reason);
      return;
    }
    let giveUp = (): void => undefined;
    let begun: Pick<WholeAnswer, 'statusCode' | 'headers'> | undefined;
    const pieces: Buffer[] = [];
    const ignoreStop = stop.onStop(() => giveUp());
    pool.dispatch(request, {
      onRequestStart(controller) {
        giveUp = () => controller.abort(stop.reason as Error);
        if (stop.reason) giveUp();
      },
      onResponseStart(_controller, statusCode, headers) {
        if (statusCode >= 200) begun = { statusCode, headers };
      },
      onResponseData(_controller, piece) {
        pieces.push(piece);
      },
      onResponseEnd() {
        ignoreStop();
        const body = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
        resolve({ ...(begun as Pick<WholeAnswer, 'statusCode' | 'headers'>), body });
      },
      onResponseError(_controller, error) {
        ignoreStop();
        reject(stop.reason ?? new AnswerLost(begun ? 'answering' : 'asking', error));
      },
    });
  });
}
