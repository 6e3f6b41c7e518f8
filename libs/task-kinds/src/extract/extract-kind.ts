import { chooseSchema } from '@waybill/extraction';
import type { ExtractedField, JsonSchema } from '@waybill/contracts';
import { askedFields, assembleValues, doubtfulFields, ExtractCascadeTask, mergeFields } from '@waybill/llm-routing';
import type { Findings, KindSubject, TaskKindDefinition } from '../task-kind.js';

type Subject = KindSubject<'extract'>;

/** Only rules can answer what no schema describes: they give the labelled values as they stand. */
const withoutSchema = ['waybill/rules-1'];

const schemaOf = ({ pages, task }: Subject): JsonSchema | undefined =>
  chooseSchema(
    pages.flatMap(({ layout }) => layout ?? []),
    task.schema,
  );

/** Fields by a JSON Schema. */
export const extractKind: TaskKindDefinition<'extract'> = {
  kind: 'extract',
  nothing: {},
  only: (subject) => (schemaOf(subject) ? undefined : withoutSchema),
  work(subject) {
    const { found, fetchPictures, ...facts } = subject;
    const schema = found ? schemaFor(found, subject) : schemaOf(subject);
    const only = found && schema ? { only: leftToAsk(schema, found, subject.fieldFloor) } : {};
    return new ExtractCascadeTask({ ...facts, schema, ...only }, fetchPictures);
  },
  portions: { rules: 'first', join },
};

/** Portions are asked by the schema that the whole document has chosen, which a receipt's second page would not. */
const schemaFor = ({ kind }: Findings, subject: Subject): JsonSchema | undefined =>
  subject.task.schema !== undefined
    ? schemaOf(subject)
    : kind === 'receipt' || kind === 'invoice'
      ? schemaOf({ ...subject, task: { ...subject.task, schema: kind } })
      : undefined;

/** What is not yet sure, and every list: its rows stand on several pages. */
function leftToAsk(schema: JsonSchema, { fields }: Findings, floor: number): string[] {
  const asked = askedFields(schema);
  const doubtful = doubtfulFields(asked, fields, floor, 'doubt');
  return asked
    .filter(({ pointer, shape }) => shape === 'list' || doubtful.includes(pointer))
    .map(({ pointer }) => pointer);
}

/** Single values: the surer one. Lists: row behind row, except that what models found replaces what rules did. */
function join(before: Findings, after: Findings, subject: Subject): Findings {
  const schema = schemaFor(before, subject);
  if (!schema) return before;
  const lists = askedFields(schema).filter(({ shape }) => shape === 'list');
  const isListed = ({ path }: ExtractedField) => lists.some(({ pointer }) => path.startsWith(`${pointer}/`));
  const single = mergeFields(
    askedFields(schema).filter(({ shape }) => shape === 'leaf'),
    before.fields.filter((field) => !isListed(field)),
    after.fields.filter((field) => !isListed(field)),
  );
  const rows = lists.flatMap(({ pointer }) => {
    const own = (fields: readonly ExtractedField[]) => fields.filter(({ path }) => path.startsWith(`${pointer}/`));
    return rowBehindRow(pointer, own(before.fields), own(after.fields));
  });
  const fields = [...single, ...rows];
  return { kind: before.kind, values: { ...before.values, ...assembleValues(schema, fields) }, fields };
}

function rowBehindRow(
  list: string,
  before: readonly ExtractedField[],
  after: readonly ExtractedField[],
): ExtractedField[] {
  const rowOf = ({ path }: ExtractedField): number => Number(path.slice(list.length + 1).split('/')[0]);
  // Rules have read all pages: the rows that they found on a portion's pages are the portion's own.
  const pages = new Set(after.flatMap(({ page }) => page ?? []));
  const replaced = new Set(before.filter(({ page }) => page !== undefined && pages.has(page)).map(rowOf));
  const kept = before.filter((field) => !replaced.has(rowOf(field)));
  const all = [...kept.map((field) => ({ field, from: 0 })), ...after.map((field) => ({ field, from: 1 }))];
  const pageOfRow = new Map<string, number>();
  for (const { field, from } of all) {
    const row = `${from}/${rowOf(field)}`;
    pageOfRow.set(row, Math.min(pageOfRow.get(row) ?? Infinity, field.page ?? Infinity));
  }
  const order = [...pageOfRow.entries()].sort(([, a], [, b]) => (a === b ? 0 : a - b)).map(([row]) => row);
  return order.flatMap((row, at) =>
    all
      .filter(({ field, from }) => `${from}/${rowOf(field)}` === row)
      .map(({ field }) => ({
        ...field,
        path: `${list}/${at}${field.path.slice(`${list}/${rowOf(field)}`.length)}`,
      })),
  );
}
