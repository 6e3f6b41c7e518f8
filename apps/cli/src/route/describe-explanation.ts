import { withoutControls } from '@waybill/document-layout';
import { laneOf, type Candidate, type RoutingPolicy, type WeighedOption } from '@waybill/llm-routing';
import { count } from '../terminal/format-event.js';
import { formatDuration } from '../terminal/format-duration.js';
import { formatTable } from '../terminal/format-table.js';
import type { Colours } from '../terminal/terminal.js';
import { formatUsd, learnedNote } from './describe-route.js';
import type { ExplainedDocument } from './explain-document.js';

const columns = [
  { title: '  model' },
  { title: 'form' },
  { title: 'lane' },
  { title: 'input tokens', align: 'right' },
  { title: 'cost USD', align: 'right' },
  { title: 'quality', align: 'right' },
  { title: 'time', align: 'right' },
  { title: 'expected USD', align: 'right' },
  { title: '' },
] as const;

/** Who could be asked, who is, who would be next, and what speaks against the others. */
export function describeExplanation(
  { name, request, learned, route, batch, served }: ExplainedDocument,
  policy: RoutingPolicy,
  colours: Colours,
): string {
  const { decision, options, exclusions } = route;
  const { bold, dim } = colours;
  const facts = `${request.documentKind} · difficulty ${request.difficulty.toFixed(2)} · ${request.forms.map((form) => `${form.name} (sound ${form.soundness.toFixed(2)})`).join(', ')}`;
  const named: readonly Candidate[] = decision.kind === 'route' ? [decision.chosen, ...decision.next] : [];
  const rows = options.map((option) => rowOf(option, named, laneOf(policy, option)));
  const verdict =
    decision.kind === 'route'
      ? `→ ${decision.chosen.card.id} as ${decision.chosen.form.name}`
      : `→ nobody now: ${decision.kind}`;
  const notes = [...groupedExclusions(exclusions)].map(([reason, models]) => dim(`  ${reason}: ${models.join(', ')}`));
  return [
    `${bold(withoutControls(name))}  ${dim(facts)}`,
    ...(learned ? [dim(`  ${learnedNote(learned)}`)] : []),
    ...(rows.length > 0 ? [formatTable(columns, rows, colours)] : []),
    `  ${colours.cyan(verdict)}`,
    ...(batch ? [`  ${colours.cyan(batchVerdict(batch))}`] : []),
    ...(served ? [`  ${colours.cyan(servedVerdict(served))}`] : []),
    ...(notes.length > 0 ? [dim(`  Passed over (${count(exclusions.length, 'reason')}):`), ...notes] : []),
  ].join('\n');
}

const batchVerdict = ({ chosen }: NonNullable<ExplainedDocument['batch']>): string =>
  `→ models by the batch, in the lane batch: ${chosen.card.id} as ${chosen.form.name}, at most ${formatUsd(chosen.cost.mostUsd)} USD`;

const servedVerdict = ({ service, decision: { chosen } }: NonNullable<ExplainedDocument['served']>): string =>
  `→ models at ${service}: ${chosen.card.id} as ${chosen.form.name}, at most ${formatUsd(chosen.cost.mostUsd)} USD`;

function rowOf({ card, form, ...call }: WeighedOption, named: readonly Candidate[], lane: string): string[] {
  const place = named.findIndex((candidate) => candidate.card.id === card.id && candidate.form === form);
  const candidate = named[place];
  const { inputTokens: tokens, cost, quality, latencyMs } = call;
  return [
    `  ${card.id}`,
    form.name,
    lane,
    `${Math.round(tokens.least)}–${Math.round(tokens.most)}`,
    `${formatUsd(cost.leastUsd)}–${formatUsd(cost.mostUsd)}`,
    quality.toFixed(2),
    formatDuration(latencyMs),
    candidate ? formatUsd(candidate.expectedCostUsd) : '',
    place === 0 ? 'chosen' : place > 0 ? `then ${place}` : '',
  ];
}

/** What speaks against models, each reason once. */
function groupedExclusions(exclusions: ExplainedDocument['route']['exclusions']): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { model, form, reason } of exclusions) {
    const models = groups.get(reason) ?? [];
    groups.set(reason, [...models, form === undefined ? model : `${model} as ${form}`]);
  }
  return groups;
}
