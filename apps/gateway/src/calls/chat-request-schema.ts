import { z } from 'zod';

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const imagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string().min(1), detail: z.enum(['auto', 'low', 'high']).optional() }),
});
const filePart = z.strictObject({
  type: z.literal('file'),
  file: z.strictObject({ filename: z.string().optional(), file_data: z.string().min(1) }),
});
const texts = z.union([z.string(), z.array(textPart)]);
const name = z.string().optional();

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['system', 'developer']), content: texts, name }),
  z.strictObject({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, imagePart, filePart]))]),
    name,
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: texts.nullish(),
    tool_calls: z
      .array(
        z.strictObject({
          id: z.string(),
          type: z.literal('function'),
          function: z.strictObject({ name: z.string(), arguments: z.string() }),
          // An answer's tool call, sent back as it was streamed.
          index: z.number().optional(),
        }),
      )
      .nullish(),
    refusal: z.string().nullish(),
    annotations: z.array(z.unknown()).optional(),
    name,
  }),
  z.strictObject({ role: z.literal('tool'), tool_call_id: z.string(), content: texts }),
]);

const objectSchema = z.record(z.string(), z.unknown());

/** The members of a chat request that have a word in every provider's language, and those that promise nothing. */
export const chatRequestSchema = z.strictObject({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({}).nullish(),
  max_tokens: z.number().nullish(),
  max_completion_tokens: z.number().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  n: z.literal(1, 'must be 1 for this model').nullish(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.strictObject({
          name: z.string(),
          description: z.string().optional(),
          parameters: objectSchema.optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    )
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: z.string() }) }),
    ])
    .nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('text') }),
      z.strictObject({
        type: z.literal('json_schema'),
        json_schema: z.strictObject({
          name: z.string(),
          description: z.string().optional(),
          schema: objectSchema,
          strict: z.boolean().nullish(),
        }),
      }),
    ])
    .nullish(),
  user: z.unknown().optional(),
  metadata: z.unknown().optional(),
  seed: z.unknown().optional(),
  store: z.unknown().optional(),
  service_tier: z.unknown().optional(),
  parallel_tool_calls: z.unknown().optional(),
});
export type WrittenRequest = z.infer<typeof chatRequestSchema>;
export type WrittenMessage = WrittenRequest['messages'][number];
