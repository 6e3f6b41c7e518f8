import type { z } from 'zod';
import { DoorError } from './door-error.js';

/** What a client sent, as it has to be. @throws DoorError 400 naming the member that is wrong */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, name?: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const param = issue?.path.join('.') || name;
  const sentence = `${param ?? 'The request'}: ${issue?.message ?? 'cannot be read'}.`;
  throw new DoorError(400, 'invalid_request', sentence, param === undefined ? {} : { param });
}
