import { z } from 'zod';

/** A JSON Schema (2020-12) object, as the client wrote it. */
export const jsonSchemaSchema = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof jsonSchemaSchema>;

export const builtInSchemaNames = ['receipt', 'invoice'] as const;

/** Layout, text, Markdown and HTML of every page; no model is asked. */
const readTaskSchema = z.strictObject({
  kind: z.literal('read'),
  instructions: z.string().max(20_000).optional(),
});

/** Fields by JSON Schema. Without a schema, the document's kind chooses a built-in one. */
const extractTaskSchema = z.strictObject({
  kind: z.literal('extract'),
  instructions: z.string().max(20_000).optional(),
  schema: z.union([z.enum(builtInSchemaNames), jsonSchemaSchema]).optional(),
});

export const taskSchema = z.discriminatedUnion('kind', [readTaskSchema, extractTaskSchema]);
export type Task = z.infer<typeof taskSchema>;
export type TaskKind = Task['kind'];
export type ExtractTask = Extract<Task, { kind: 'extract' }>;
export const taskKinds = ['read', 'extract'] as const satisfies readonly TaskKind[];
