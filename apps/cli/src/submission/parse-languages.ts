import { InvalidArgumentError } from 'commander';
import { readingWishSchema } from '@waybill/contracts';

/** `deu+eng` as a list. @throws InvalidArgumentError */
export function parseLanguages(text: string): string[] {
  const parsed = readingWishSchema.safeParse({ languages: text.split('+') });
  if (parsed.success) return parsed.data.languages ?? [];
  throw new InvalidArgumentError(`${parsed.error.issues[0]?.message ?? 'It names no language'}.`);
}
