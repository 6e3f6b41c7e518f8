import type { IncomingHttpHeaders } from 'node:http';
import type { CallStop } from '@waybill/llm-routing';
import type { Dispatcher } from 'undici';
import type { Connection, Connections } from './connections.js';

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

interface Call {
  readonly request: Dispatcher.DispatchOptions;
  readonly stop: CallStop;
  /** The network has all of the request. */
  readonly sent: (() => void) | undefined;
}

/**
 * One request whose answer is gathered as it comes. Past `Pool.request`, whose stream for each answer costs more than all
 * else that is done with a small one. @throws AnswerLost, or the reason of the stop
 */
export function askWhole(connections: Connections, call: Call): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    connections.take((connection) => {
      const { stop } = call;
      const give = (): void => connections.give(connection);
      if (!stop.reason) return dispatch(connection, call, { resolve, reject, give });
      give();
      reject(stop.reason);
    });
  });
}

interface Ending {
  readonly resolve: (answer: WholeAnswer) => void;
  readonly reject: (reason: Error) => void;
  readonly give: () => void;
}

function dispatch(connection: Connection, { request, stop, sent }: Call, { resolve, reject, give }: Ending): void {
  let giveUp = (): void => undefined;
  let begun: Pick<WholeAnswer, 'statusCode' | 'headers'> | undefined;
  const pieces: Buffer[] = [];
  const ignoreStop = stop.onStop(() => giveUp());
  connection.client.dispatch(request, {
    onRequestStart(controller) {
      giveUp = () => controller.abort(stop.reason as Error);
      if (stop.reason) giveUp();
      // The request is written when this returns.
      else if (sent) setImmediate(() => whenWritten(connection, sent));
    },
    onResponseStart(_controller, statusCode, headers) {
      if (statusCode >= 200) begun = { statusCode, headers };
    },
    onResponseData(_controller, piece) {
      pieces.push(piece);
    },
    onResponseEnd() {
      ignoreStop();
      give();
      const body = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
      resolve({ ...(begun as Pick<WholeAnswer, 'statusCode' | 'headers'>), body });
    },
    onResponseError(_controller, error) {
      ignoreStop();
      give();
      reject(stop.reason ?? new AnswerLost(begun ? 'answering' : 'asking', error));
    },
  });
}

function whenWritten({ socket: socketNow }: Connection, sent: () => void): void {
  const socket = socketNow();
  if (!socket || socket.destroyed) return;
  if (socket.writableLength === 0) sent();
  else socket.once('drain', sent);
}
