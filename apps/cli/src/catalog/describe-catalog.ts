import {
  modelTasks,
  regionsOf,
  type Catalog,
  type CatalogDifference,
  type CatalogFinding,
  type FactDifference,
  type ModelCard,
} from '@waybill/llm-routing';
import { formatTable } from '../terminal/format-table.js';
import type { Colours } from '../terminal/terminal.js';

const tierNames = ['free', 'cheap', 'standard', 'frontier'] as const;
const right = 'right' as const;

/** Every model on a line, by tier and price. */
export function listModels(catalog: Catalog, colours: Colours): string {
  const models = [...catalog.models].sort((a, b) => a.tier - b.tier || outputPrice(a) - outputPrice(b));
  const columns = [
    { title: 'model' },
    { title: 'tier' },
    { title: 'input', align: right },
    { title: 'output', align: right },
    { title: 'context', align: right },
    { title: 'can' },
    { title: 'retires' },
  ];
  const rows = models.map((model) => [
    model.id,
    tierNames[model.tier] ?? `${model.tier}`,
    ...pricesOf(model),
    model.limits.contextTokens?.toLocaleString('en') ?? '–',
    abilities(model),
    model.retiresOn ?? '',
  ]);
  const aliases = Object.entries(catalog.aliases).map(([alias, id]) => `${alias} → ${id}`);
  return [
    formatTable(columns, rows, colours),
    '',
    ...aliases,
    colours.dim(`${catalog.version}; prices in USD a million tokens`),
  ].join('\n');
}

const outputPrice = ({ prices }: ModelCard) =>
  prices?.kind === 'metered' ? prices.usdPerMillion.standard.output : prices ? 0 : Infinity;

function pricesOf({ prices }: ModelCard): [string, string] {
  if (!prices) return ['unknown', 'unknown'];
  if (prices.kind === 'free') return ['free', 'free'];
  const { input, output } = prices.usdPerMillion.standard;
  return [`${input}`, `${output}`];
}

function abilities({ capabilities, tasks }: ModelCard): string {
  const can = Object.entries(capabilities).flatMap(([name, offered]) => (offered ? [wordOf(name)] : []));
  return [...can, ...(tasks.length < modelTasks.length ? [`for ${tasks.join(', ') || 'no task'}`] : [])].join(' · ');
}

const wordOf = (name: string) => (name === 'strictJsonSchema' ? 'schema' : name);

/** One card with every fact that it states. */
export function describeModel(catalog: Catalog, card: ModelCard, colours: Colours): string {
  const { sources, ...facts } = card;
  const lines = flatten({ ...facts, regions: regionsOf(catalog, card) });
  const width = Math.max(...lines.map(([name]) => name.length));
  return [
    ...lines.map(([name, value]) => `${colours.dim(name.padEnd(width))}  ${value}`),
    ...sources.map(({ of, at, asOf }) => colours.dim(`${of}: ${at} (${asOf})`)),
  ].join('\n');
}

function flatten(facts: object, above = ''): [string, string][] {
  return Object.entries(facts).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (value === undefined) return [];
    const path = above === '' ? name : `${above}.${name}`;
    if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) return [[path, value.join(', ')]];
    return typeof value === 'object' && value !== null ? flatten(value, path) : [[path, word(value)]];
  });
}

/** What leads from one catalog to the other. */
export function describeDifferences(
  { added, removed, changed, ...versions }: CatalogDifference,
  colours: Colours,
): string {
  if (versions.before === versions.after)
    return `Nothing differs from the catalog of this release (${versions.after}).`;
  return [
    ...added.map((id) => colours.green(`+ ${id}`)),
    ...removed.map((id) => colours.red(`- ${id}`)),
    ...changed.flatMap(({ id, differences }) => [`~ ${id}`, ...differences.map(describeFact)]),
    colours.dim(`${versions.before} → ${versions.after}`),
  ].join('\n');
}

/** One fact and what becomes of it. */
export const describeFact = ({ fact, before, after }: FactDifference): string =>
  `    ${fact}: ${word(before)} → ${word(after)}`;

const word = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? 'unknown' : JSON.stringify(value);

/** What is missing or out of date, the worst first. */
export function describeFindings(catalog: Catalog, findings: readonly CatalogFinding[], colours: Colours): string {
  const marks = { error: colours.red('✗'), warning: colours.yellow('!'), note: colours.dim('·') };
  const lines = (['error', 'warning', 'note'] as const).flatMap((level) =>
    findings.filter((finding) => finding.level === level).map(({ id, message }) => `${marks[level]} ${id} ${message}`),
  );
  return [...lines, colours.dim(`${catalog.version}: ${catalog.models.length} models`)].join('\n');
}
