import { z } from 'zod';

/** What a credential may be allowed to do. They are independent of each other: docs/identity.md. */
export const scopes = ['submit', 'read', 'admin'] as const;
export const scopeSchema = z.enum(scopes);
export type Scope = z.infer<typeof scopeSchema>;
