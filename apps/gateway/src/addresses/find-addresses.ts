import { DoorError } from '../http/door-error.js';
import { addressKeys } from './may-name-addresses.js';

/** A picture that a message names by its web address, and the way to put another address in its place. */
export interface NamedPicture {
  readonly url: string;
  readonly replace: (address: string) => void;
}

/**
 * The pictures that messages name by web address. @throws DoorError for addresses that are neither on the web nor `data:`,
 * and for files that are no pictures
 */
export function findAddresses(messages: unknown): NamedPicture[] {
  if (typeof messages !== 'object' || messages === null) return [];
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) =>
    addressKeys.has(key) ? namedPicture(messages as Record<string, unknown>, key) : findAddresses(value),
  );
}

function namedPicture(part: Record<string, unknown>, key: string): NamedPicture[] {
  const value = part[key];
  const holder = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  const url = holder ? holder['url'] : value;
  if (typeof url !== 'string') throw wrong(`The value of "${key}" has no "url".`);
  if (/^data:/i.test(url)) return [];
  if (key !== 'image_url') throw wrong(`"${key}" must be a data: address in base64.`);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw wrong('An image must be a web address, or a data: address in base64.');
  }
  const replace = (address: string): void => {
    if (holder) holder['url'] = address;
    else part[key] = address;
  };
  return [{ url, replace }];
}

const wrong = (message: string): DoorError =>
  new DoorError(400, 'invalid_request', `${message} Correct it.`, { param: 'messages' });
