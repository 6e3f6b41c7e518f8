import type { Difficulty, DifficultyReason, JsonSchema, Task } from '@waybill/contracts';
import { foldWord } from './cues.js';
import { difficultyData } from './difficulty-weights.js';
import { rateDifficulty, type Measures } from './rate-difficulty.js';

/**
 * How hard a task is on a page or a document: what makes the pages hard, taken from the hardest one for each reason, and
 * what the task adds. The pages' difficulties must have been rated with the same weights.
 */
export function rateTask(task: Task, pages: readonly (Difficulty | undefined)[]): Difficulty {
  const measures: Partial<Record<DifficultyReason, number>> = { ...measureTask(task), 'page-count': pages.length };
  for (const page of pages) {
    for (const { reason, amount } of page?.reasons ?? []) {
      const { from, full } = difficultyData.scales[reason];
      measures[reason] = Math.max(measures[reason] ?? -Infinity, from + amount * (full - from));
    }
  }
  return rateDifficulty(measures);
}

/** What makes the task itself hard, each in the units of its scale. A task without a schema asks for none. */
export function measureTask(task: Task): Measures {
  const instructed = wordsSaid(task).split(/\s+/).map(foldWord).filter(Boolean);
  const shape = task.kind === 'extract' ? shapeOf(task.schema) : { leaves: 0, depth: 0, names: [] };
  const said = [...instructed, ...shape.names];
  return {
    'schema-size': shape.leaves,
    'schema-depth': shape.depth,
    arithmetic: countOf(instructed, arithmeticCues),
    instructions: instructed.length,
    domain: countOf(said, domainCues),
  };
}

/** What the client says in words: instructions, the question, the last message. */
function wordsSaid(task: Task): string {
  const asked = task.kind === 'answer' ? task.question : task.kind === 'chat' ? task.messages.at(-1)?.text : undefined;
  return [task.instructions, asked].filter(Boolean).join(' ');
}

const arithmeticCues: ReadonlySet<string> = new Set(difficultyData.arithmeticCues);
const domainCues: ReadonlySet<string> = new Set(difficultyData.domainCues);
const countOf = (words: readonly string[], cues: ReadonlySet<string>): number =>
  new Set(words.filter((word) => cues.has(word))).size;

interface SchemaShape {
  readonly leaves: number;
  readonly depth: number;
  readonly names: readonly string[];
}

function shapeOf(schema: Extract<Task, { kind: 'extract' }>['schema']): SchemaShape {
  if (schema === undefined) return { leaves: 0, depth: 0, names: [] };
  if (typeof schema === 'string') return { ...difficultyData.builtInSchemas[schema], names: [] };
  return walk(schema, mostDepth);
}

/** Schemas come from clients: a deeper one counts as deep as this. */
const mostDepth = 12;

/** Leaves are what a value is asked for; an object or a list is one level. */
function walk(node: unknown, left: number): SchemaShape {
  if (typeof node !== 'object' || node === null || left === 0) return { leaves: 1, depth: 0, names: [] };
  const { properties, items } = node as JsonSchema;
  const named: [string, unknown][] =
    typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
  const parts = [...named.map(([, part]) => part), ...(items === undefined ? [] : [items])].map((part) =>
    walk(part, left - 1),
  );
  if (parts.length === 0) return { leaves: 1, depth: 0, names: [] };
  return {
    leaves: parts.reduce((sum, part) => sum + part.leaves, 0),
    depth: 1 + Math.max(...parts.map(({ depth }) => depth)),
    names: [
      ...named.flatMap(([name]) => name.split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u).map(foldWord)),
      ...parts.flatMap(({ names }) => names),
    ],
  };
}
