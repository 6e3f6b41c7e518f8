import { factsOf, textOf } from '../wire-formats/facts-of.js';

/** The codes of google.rpc.Code by number, with the HTTP status that each stands for. Source: google/rpc/code.proto. */
const statuses: Readonly<Record<number, readonly [http: number, name: string]>> = {
  1: [499, 'CANCELLED'],
  3: [400, 'INVALID_ARGUMENT'],
  4: [504, 'DEADLINE_EXCEEDED'],
  5: [404, 'NOT_FOUND'],
  7: [403, 'PERMISSION_DENIED'],
  8: [429, 'RESOURCE_EXHAUSTED'],
  9: [400, 'FAILED_PRECONDITION'],
  13: [500, 'INTERNAL'],
  14: [503, 'UNAVAILABLE'],
  16: [401, 'UNAUTHENTICATED'],
};

/** A google.rpc.Status, as a line of a batch has it, as the error that a call by itself would have been refused with. */
export function httpErrorOf(status: unknown): { code: number; message: string; status: string } {
  const { code, message, status: name } = factsOf(status);
  const number = typeof code === 'number' ? code : 2;
  const [http, meaning] = statuses[number] ?? [number >= 400 ? number : 500, 'UNKNOWN'];
  return { code: http, message: textOf(message) ?? 'no reason given', status: textOf(name) ?? meaning };
}
