import { z } from 'zod';
import { guardrailPlaces, type GuardrailPlace } from '../guardrail.js';
import { answerComplianceId, answerComplianceKinds, guardrails, moderatorIds } from '../registry.js';

const sensitivities = ['public', 'internal', 'confidential', 'restricted'] as const;
export type Sensitivity = (typeof sensitivities)[number];

export const guardrailActions = ['report', 'redact', 'block', 'route'] as const;
export type GuardrailAction = (typeof guardrailActions)[number];

export const chatPictureActions = ['refuse', 'read', 'report', 'pass'] as const;
export type ChatPictureAction = (typeof chatPictureActions)[number];

interface Known {
  readonly places: readonly GuardrailPlace[];
  readonly kinds: readonly string[] | undefined;
}
const known = new Map<string, Known>([
  ...guardrails.map(({ id, places, kinds }) => [id, { places, kinds }] as const),
  [answerComplianceId, { places: ['after-answer'], kinds: answerComplianceKinds }],
  // What a service has as categories is its own.
  ...moderatorIds.map((id) => [id, { places: guardrailPlaces, kinds: undefined }] as const),
]);

const forWhom = {
  tenants: z.array(z.string().min(1)).min(1).optional(),
  sensitivities: z.array(z.enum(sensitivities)).min(1).optional(),
};
const routeToSchema = z
  .strictObject({
    models: z.array(z.string()).min(1).optional(),
    regions: z.array(z.string()).min(1).optional(),
    tier: z.enum(['free', 'cheap', 'standard']).optional(),
  })
  .refine((to) => Object.keys(to).length > 0, 'name models, regions or a tier');
export type RouteTo = z.infer<typeof routeToSchema>;

const ruleSchema = z
  .strictObject({
    guardrail: z.string(),
    at: z.enum(guardrailPlaces).default('before-model'),
    kinds: z.array(z.string()).min(1).optional(),
    ...forWhom,
    /** Findings less sure than this are none. */
    least: z.number().min(0).max(1).default(0.5),
    do: z.enum(guardrailActions),
    /** `shadow`: only tell what would have been done. */
    mode: z.enum(['path', 'shadow']).default('path'),
    routeTo: routeToSchema.optional(),
    /** When a moderator cannot be asked: `closed` blocks, `open` goes on. */
    onFailure: z.enum(['closed', 'open']).default('closed'),
  })
  .check(({ value: rule, issues }) => {
    const say = (path: string, message: string) => issues.push({ code: 'custom', input: rule, path: [path], message });
    const guardrail = known.get(rule.guardrail);
    if (!guardrail)
      return void say('guardrail', `"${rule.guardrail}" is none; name one of ${[...known.keys()].join(', ')}`);
    if (!guardrail.places.includes(rule.at))
      say('at', `${rule.guardrail} works ${guardrail.places.join(' and ')} only; write that`);
    const unknown = rule.kinds?.filter((kind) => guardrail.kinds && !guardrail.kinds.includes(kind)) ?? [];
    if (unknown.length > 0)
      say('kinds', `${rule.guardrail} knows no ${unknown.join(', ')}; name of ${guardrail.kinds?.join(', ')}`);
    if ((rule.do === 'route') !== (rule.routeTo !== undefined)) say('routeTo', '"route" and "routeTo" belong together');
    if (rule.at === 'after-answer' && (rule.do === 'redact' || rule.do === 'route'))
      say('do', 'an answer can be reported or blocked');
  });
export type GuardrailRule = z.infer<typeof ruleSchema>;

/** A connection of a moderator. Keys are named by their environment variable. */
const moderatorSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).optional(),
  key: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'write the name of an environment variable')
    .optional(),
  model: z.string().optional(),
  /** Where the service may process what it is asked about. */
  regions: z.array(z.string().min(1)).min(1).optional(),
  /** Categories reach a finding from this score on. */
  least: z.number().min(0).max(1).default(0.5),
  timeoutMs: z.number().int().min(100).max(60_000).default(5_000),
});
export type ModeratorSettings = z.infer<typeof moderatorSchema>;

export const guardrailPolicySchema = z
  .strictObject({
    version: z.literal(1),
    rules: z.array(ruleSchema).max(500),
    /** Whether a page's picture may go to an OCR engine behind a network; the first that fits decides. */
    remoteOcr: z
      .array(z.strictObject({ ...forWhom, do: z.enum(['allow', 'refuse']) }))
      .max(100)
      .default([]),
    /** What follows where a chat has pictures or files, whose words are read only where this says so; the first that fits decides. */
    chatPictures: z
      .array(z.strictObject({ ...forWhom, do: z.enum(chatPictureActions) }))
      .max(100)
      .default([]),
    /** Providers to which values go unredacted, for example one's own server. */
    trustedProviders: z.array(z.string()).default([]),
    moderators: z.partialRecord(z.enum(moderatorIds), moderatorSchema).default({}),
  })
  .check(({ value: { rules, moderators }, issues }) => {
    rules.forEach(({ guardrail }, at) => {
      const id = moderatorIds.find((one) => one === guardrail);
      if (!id || moderators[id]) return;
      issues.push({
        code: 'custom',
        input: guardrail,
        path: ['rules', at, 'guardrail'],
        message: `say under "moderators" how ${id} is reached`,
      });
    });
  });
export type GuardrailPolicy = z.infer<typeof guardrailPolicySchema>;
export type GuardrailPolicyInput = z.input<typeof guardrailPolicySchema>;

/** A policy that cannot be used; the message says what to correct. */
export class GuardrailPolicyError extends Error {
  override readonly name = 'GuardrailPolicyError';
}

/** Checks a policy read as data. @throws GuardrailPolicyError with a sentence for each entry that is wrong. */
export function parseGuardrailPolicy(data: unknown): GuardrailPolicy {
  const parsed = guardrailPolicySchema.safeParse(data);
  if (parsed.success) return Object.freeze(parsed.data);
  const sentences = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'policy'}: ${message}`);
  throw new GuardrailPolicyError(
    `The guardrail policy cannot be used; correct these entries: ${sentences.join('; ')}.`,
  );
}
