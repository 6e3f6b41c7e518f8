import type { ChatBody } from '../body/chat-body.js';

/** Members in which a client writes where something is; `video_url` and `audio_url` are known to servers of one's own. */
export const addressKeys: ReadonlySet<string> = new Set(['image_url', 'video_url', 'audio_url']);

const keyBytes = 9;
const headBytes = 160;
const embedded = /^"\s*:\s*(\{\s*(?:"detail"\s*:\s*"[a-z]*"\s*,\s*)?"url"\s*:\s*)?"(?=data:)/i;
const tail = /^"\s*(?:,\s*"detail"\s*:\s*"[a-z]*"\s*)?\}/;

/**
 * False where every file of a body certainly stands in it as a `data:` address, told from a few bytes around each; true
 * where it has to be parsed to know.
 */
export function mayNameAddresses(body: ChatBody): boolean {
  const { nineByteKeys } = body;
  if (!nineByteKeys) return true;
  if (nineByteKeys.length === 0) return false;
  const endOf = new Map(body.longStrings.map(({ start, end }) => [start, end]));
  return nineByteKeys.some((start) => isAddressKey(body, start) && !isEmbedded(body, start + keyBytes, endOf));
}

const isAddressKey = (body: ChatBody, start: number): boolean =>
  addressKeys.has(body.bytes.text(start, start + keyBytes, 'latin1'));

function isEmbedded(body: ChatBody, at: number, endOf: ReadonlyMap<number, number>): boolean {
  const head = body.bytes.text(at, at + headBytes, 'latin1');
  const [before, object] = embedded.exec(head) ?? [];
  const end = before === undefined ? undefined : endOf.get(at + before.length);
  if (end === undefined) return false;
  return object === undefined || tail.test(body.bytes.text(end, end + headBytes, 'latin1'));
}
