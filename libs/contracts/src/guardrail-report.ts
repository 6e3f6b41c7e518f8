import { z } from 'zod';
import { hopSchema } from './hop.js';
import { boxSchema } from './page-box.js';

const place = z.enum(['before-model', 'after-answer']);
const action = z.enum(['report', 'redact', 'block', 'route']);
const mode = z.enum(['path', 'shadow']);

/** Something that a guardrail found in a document or its answer. Never the value itself. */
export const guardrailFindingSchema = z.object({
  guardrail: z.string(),
  kind: z.string(),
  at: place,
  /** What the policy says to do; in `shadow` nothing was done. */
  action,
  mode,
  /** How sure, 0..1. */
  score: z.number().min(0).max(1),
  /** Absent for what stands in the task itself, or in an answer. */
  page: z.number().int().positive().optional(),
  /** Where it stands; at most 20. */
  boxes: z.array(boxSchema).max(20).optional(),
  words: z.array(z.number().int().nonnegative()).optional(),
  /** What stood for it before the model. */
  placeholder: z.string().optional(),
  /** Of an answer: JSON Pointer to the value. */
  path: z.string().optional(),
  /** Which rule found it, in a few words. */
  remark: z.string().optional(),
});
export type GuardrailFinding = z.infer<typeof guardrailFindingSchema>;

/** How often something was found and what followed. */
export const guardrailCountSchema = guardrailFindingSchema
  .pick({ guardrail: true, kind: true, at: true, action: true, mode: true })
  .extend({ count: z.number().int().positive() });
export type GuardrailCount = z.infer<typeof guardrailCountSchema>;

/** What guardrails found and did on one document. */
export const guardrailReportSchema = z.object({
  /** At most 200, blocks and redactions first; `counts` has all of them. */
  findings: z.array(guardrailFindingSchema).max(200),
  counts: z.array(guardrailCountSchema),
  /** What the calls were narrowed to. */
  routedTo: z
    .array(
      z.object({
        models: z.array(z.string()).optional(),
        regions: z.array(z.string()).optional(),
        tier: z.string().optional(),
      }),
    )
    .optional(),
  /** The guardrails that looked, and where. */
  ran: z.array(hopSchema).optional(),
  /** Guardrails that could not be asked, as sentences. */
  failures: z.array(z.string()).optional(),
  /** Milliseconds that inspecting the document took. */
  inspectMs: z.number().nonnegative(),
});
export type GuardrailReport = z.infer<typeof guardrailReportSchema>;
