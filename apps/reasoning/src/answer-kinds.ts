import { Cascade, type CascadeTools } from '@waybill/llm-routing';
import { taskKinds, type TaskKindDefinition } from '@waybill/task-kinds';
import { AnswerByCascade, type AnswerTools } from './answer-by-cascade.js';
import type { AnswerKinds } from './answer-document.js';
import type { DocumentGuards } from './guard/document-guards.js';
import { GuardedCascade } from './guard/guarded-cascade.js';
import type { PagePictures } from './page-pictures.js';

/** How every kind of task is answered: by the same cascade, each in its own words. */
export function answerKinds(
  tools: CascadeTools & AnswerTools,
  pictures: PagePictures,
  guards: DocumentGuards,
): AnswerKinds {
  const cascade = new GuardedCascade(new Cascade(tools), guards);
  const kinds = Object.entries(taskKinds) as [keyof AnswerKinds, unknown][];
  const answering = kinds.map(([name, kind]) => [
    name,
    new AnswerByCascade(kind as TaskKindDefinition, cascade, pictures, tools),
  ]);
  return Object.fromEntries(answering) as AnswerKinds;
}
