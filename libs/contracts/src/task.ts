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

const instructions = z.string().max(20_000).optional();
/** Pages that are meant, from 1; without them the kind chooses. */
const pages = z
  .array(z.number().int().positive())
  .min(1)
  .max(1_000)
  .refine((numbers) => new Set(numbers).size === numbers.length, 'name each page once')
  .optional();

/** One label out of a set; without `labels`, the kinds of pages. */
const classifyTaskSchema = z.strictObject({
  kind: z.literal('classify'),
  instructions,
  labels: z
    .array(z.string().trim().min(1).max(120))
    .min(2)
    .max(200)
    .refine((labels) => new Set(labels).size === labels.length, 'name each label once')
    .optional(),
});

/** What is to be seen, page by page. */
const describeTaskSchema = z.strictObject({ kind: z.literal('describe'), instructions, pages });

/** A question that the document answers, with citations. */
const answerTaskSchema = z.strictObject({
  kind: z.literal('answer'),
  instructions,
  question: z.string().trim().min(1).max(4_000),
});

/** Charts to series of points. */
const chartTaskSchema = z.strictObject({ kind: z.literal('chart'), instructions, pages });

const chatMessageSchema = z.strictObject({
  role: z.enum(['user', 'assistant']),
  text: z.string().min(1).max(50_000),
});

/** The next message of a conversation about the document. */
const chatTaskSchema = z.strictObject({
  kind: z.literal('chat'),
  instructions,
  messages: z
    .array(chatMessageSchema)
    .min(1)
    .max(200)
    .refine((messages) => messages.at(-1)?.role === 'user', "let the last message be the user's"),
});

export const taskSchema = z.discriminatedUnion('kind', [
  readTaskSchema,
  extractTaskSchema,
  classifyTaskSchema,
  describeTaskSchema,
  answerTaskSchema,
  chartTaskSchema,
  chatTaskSchema,
]);
export type Task = z.infer<typeof taskSchema>;
export type TaskKind = Task['kind'];
export type TaskOf<Kind extends TaskKind> = Extract<Task, { kind: Kind }>;
export type ExtractTask = TaskOf<'extract'>;
export const taskKinds = [
  'read',
  'extract',
  'classify',
  'describe',
  'answer',
  'chart',
  'chat',
] as const satisfies readonly TaskKind[];
