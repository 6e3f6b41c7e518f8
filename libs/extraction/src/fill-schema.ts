import type { ExtractedField, JsonSchema } from '@waybill/contracts';
import { calibrate } from './calibrate.js';
import { coerceValue, type LeafValue } from './coerce-value.js';
import { evidenceKinds, type DocumentFacts } from './document-facts.js';
import { findLabelled } from './find-labelled.js';
import { findPattern, patternOf } from './find-pattern.js';
import { findTableRows } from './find-table-rows.js';
import { pointerTo } from './json-pointers.js';
import { readDates } from './read-dates.js';
import type { Evidence, EvidenceKind, Finding } from './finding.js';
import { conceptOfProperty, itemColumnOf, namesItemList, wordsOfName } from './name-concept.js';
import { maxSchemaDepth, readSchemaNode, type SchemaNode } from './schema-node.js';
import { violationsOf } from './violations-of.js';

/** A schema that asks for more is cut here: the rest stays null, without a field of its own. */
const maxFields = 5_000;

/** A leaf with the evidence its confidence came from, for those who calibrate. */
export interface JudgedField extends ExtractedField {
  readonly judged?: { readonly kind: EvidenceKind; readonly evidence: Evidence };
}

interface Answer {
  readonly finding: Finding;
  readonly kind: EvidenceKind;
}

/** Fills an instance of the schema from what the document says, with pauses; what is not there is null, with a reason. */
export function* fillSchema(
  facts: DocumentFacts,
  schema: JsonSchema,
): Generator<void, { values: Record<string, unknown>; fields: JudgedField[] }> {
  const filler = new SchemaFiller(facts, schema);
  const values = yield* filler.fill(schema, [], '');
  const isRecord = typeof values === 'object' && values !== null && !Array.isArray(values);
  return { values: isRecord ? (values as Record<string, unknown>) : { value: values }, fields: filler.fields };
}

class SchemaFiller {
  readonly fields: JudgedField[] = [];

  constructor(
    private readonly facts: DocumentFacts,
    private readonly root: JsonSchema,
  ) {}

  /** `names` are the properties on the way from the root, `path` the same as a JSON Pointer. */
  *fill(schema: JsonSchema, names: readonly string[], path: string): Generator<void, unknown> {
    if (this.fields.length >= maxFields) return null;
    const node = readSchemaNode(schema, this.root);
    if (node.shape === 'object' && names.length < maxSchemaDepth) {
      const filled: [string, unknown][] = [];
      for (const [name, child] of node.properties) {
        filled.push([name, yield* this.fill(child, [...names, name], pointerTo(path, name))]);
      }
      return Object.fromEntries(filled);
    }
    yield;
    if (node.shape === 'array') return this.fillList(node, names, path);
    return this.keep(path, node, names, this.answersFor(node, names));
  }

  private fillList(node: SchemaNode, names: readonly string[], path: string): unknown[] {
    const item = readSchemaNode(node.items, this.root);
    const rows = item.shape === 'object' ? this.listRows(node, item, names) : [];
    if (rows.length === 0) {
      this.fields.push(nothing(path, `No list or table on the pages reads like "${titleOf(node, names)}".`));
      return [];
    }
    return rows.map((row, index) =>
      Object.fromEntries(
        item.properties.map(([name, child]) => {
          const leaf = readSchemaNode(child, this.root);
          const answer = Object.hasOwn(row, name) ? row[name] : undefined;
          const place = pointerTo(pointerTo(path, index), name);
          return [name, this.keep(place, leaf, [...names, name], answer ? [answer] : [])];
        }),
      ),
    );
  }

  /** Rows of what was sold, or of the table whose headings fit better. */
  private listRows(node: SchemaNode, item: SchemaNode, names: readonly string[]): Record<string, Answer | undefined>[] {
    const columns = item.properties.map(([name, child]) => {
      const { title } = readSchemaNode(child, this.root);
      return { name, title, column: itemColumnOf(name, title) };
    });
    const known = columns.filter(({ column }) => column).length;
    const isSale = known > 0 && (namesItemList(names.at(-1) ?? '', node.title) || known >= 2);
    if (isSale && this.facts.items.length > 0) {
      return this.facts.items.map((sold) =>
        Object.fromEntries(
          columns.map(({ name, column }) => {
            const finding = column && sold[column];
            return [name, finding && { finding, kind: 'line-item' as const }];
          }),
        ),
      );
    }
    const labels = new Map(columns.map(({ name, title }) => [name, [wordsOfName(name), ...(title ? [title] : [])]]));
    return findTableRows(this.facts.text, labels).map((record) =>
      Object.fromEntries(
        Object.entries(record).map(([name, finding]) => [name, finding && { finding, kind: 'labelled' as const }]),
      ),
    );
  }

  /** What the document offers for a leaf, best first. */
  private answersFor(node: SchemaNode, names: readonly string[]): Answer[] {
    const name = wordsOfName(names.at(-1) ?? '');
    const concept = conceptOfProperty(names, node.title);
    const known = concept && this.facts.found[concept];
    if (known) return [{ finding: known, kind: evidenceKinds[concept] }];
    // The rules of a concept know its labels better than its name does; only free text is worth a second look.
    if (concept && evidenceKinds[concept] !== 'labelled' && concept !== 'number') return [];
    const labels = [...new Set([name, ...(node.title ? [node.title] : [])])].filter((label) => label.length > 1);
    const labelled = findLabelled(this.facts.labels(), labels).map((finding) => ({
      finding,
      kind: 'labelled' as const,
    }));
    const pattern = patternOf(node.format, name);
    const formed = pattern && findPattern(this.facts.text, pattern);
    return [...(formed ? [{ finding: formed, kind: 'pattern' as const }] : []), ...labelled];
  }

  /** Takes the first answer that has the type asked for, and records it, or why there is none. */
  private keep(path: string, node: SchemaNode, names: readonly string[], answers: readonly Answer[]): LeafValue | null {
    for (const { finding, kind } of answers) {
      const value = coerceValue(dateIn(this.facts, finding, node), finding.printed, node);
      if (value === undefined || violationsOf(node.limits, value).length > 0) continue;
      this.fields.push(fieldOf(path, value, finding, kind));
      return value;
    }
    const [refused] = answers;
    const title = titleOf(node, names);
    this.fields.push(
      nothing(
        path,
        refused
          ? `"${refused.finding.printed}" stands where "${title}" is expected, and it is not what the schema asks for.`
          : `Nothing on the pages reads like "${title}".`,
      ),
    );
    return null;
  }
}

/** A labelled text that is to be a date, as ISO 8601; every other value as it was found. */
function dateIn(facts: DocumentFacts, { value, tokens }: Finding, node: SchemaNode): LeafValue {
  if (node.format !== 'date' || typeof value !== 'string' || /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const words = new Set(tokens);
  const row = facts.text.rows.find((one) => one.tokens.some((token) => words.has(token)));
  const date = row && readDates(row).find((one) => one.tokens.some((token) => words.has(token)));
  const monthFirst = facts.found.currency?.value === 'USD' ? date?.monthFirst : undefined;
  return monthFirst ?? date?.dayFirst ?? date?.monthFirst ?? value;
}

function fieldOf(path: string, value: LeafValue, { tokens, evidence }: Finding, kind: EvidenceKind): JudgedField {
  const page = tokens[0]?.page;
  const onPage = tokens.filter((token) => token.page === page);
  return {
    path,
    value,
    confidence: calibrate(kind, evidence),
    ...(page === undefined ? {} : { page }),
    boxes: onPage.map((token) => token.box),
    words: onPage.map((token) => token.word),
    judged: { kind, evidence },
  };
}

const nothing = (path: string, reason: string): JudgedField => ({
  path,
  value: null,
  confidence: 0,
  boxes: [],
  words: [],
  reason,
});

const titleOf = (node: SchemaNode, names: readonly string[]): string =>
  node.title ?? wordsOfName(names.at(-1) ?? 'value');
