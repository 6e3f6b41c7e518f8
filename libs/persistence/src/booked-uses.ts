import type { JobEvent, JobFinished, ModelUse, PageRead, UsePurpose } from '@waybill/contracts';
import type { AcceptedFacts } from '@waybill/jobs';
import type { KnownJob } from './known-jobs.js';

/** What recording events books: a row of `ledger`, named as the statement reads it. */
interface BookedUse {
  readonly tenant: string;
  readonly entry: string;
  readonly jobId: string;
  readonly document: number;
  readonly pages: readonly number[];
  readonly at: string;
  readonly tags: readonly string[];
  readonly credential: string | null;
  readonly purpose: UsePurpose;
  readonly task: string | null;
  readonly documentKind: string | null;
  readonly provider: string;
  readonly model: string;
  readonly tier: number;
  readonly costUsd: number;
  readonly durationMs: number;
  readonly catalogVersion: string | null;
}

/** For priced uses of events that were written before catalogs were named in them. */
const unstated = 'unstated';

/** What no reservation has booked: pages read for money, and uses of models that nothing was reserved for. */
export function bookedUses(events: readonly JobEvent[], jobs: ReadonlyMap<string, KnownJob>): BookedUse[] {
  return events.flatMap((event) => {
    const accepted = jobs.get(`${event.tenant}/${event.jobId}`)?.state?.accepted;
    if (event.type === 'page-read') return pageUses(event, accepted);
    return event.type === 'job-finished' ? answerUses(event, accepted) : [];
  });
}

function pageUses(event: PageRead, accepted: AcceptedFacts | undefined): BookedUse[] {
  const { use, document, page, summary } = event;
  if (!use || use.reservation !== undefined) return [];
  return [
    {
      ...booked(event, use, accepted),
      entry: `page/${event.jobId}/${document}/${page}`,
      document,
      pages: [page],
      purpose: 'read',
      documentKind: summary.classification?.kind ?? null,
    },
  ];
}

const answerUses = (event: JobFinished, accepted: AcceptedFacts | undefined): BookedUse[] =>
  (event.result?.documents ?? []).flatMap(({ document, kind, models }) =>
    models.flatMap((use, position) =>
      use.purpose === 'read' || use.reservation !== undefined
        ? []
        : [
            {
              ...booked(event, use, accepted),
              entry: `use/${event.jobId}/${document}/${position}`,
              document,
              pages: [],
              purpose: use.purpose ?? 'answer',
              documentKind: kind,
            },
          ],
    ),
  );

const booked = (
  { tenant, jobId, at }: JobEvent,
  { model, tier, costUsd, durationMs, catalogVersion }: ModelUse,
  accepted: AcceptedFacts | undefined,
) => ({
  tenant,
  jobId,
  at,
  tags: accepted?.tags ?? [],
  credential: accepted?.credential ?? null,
  task: accepted?.task.kind ?? null,
  provider: model.split('/')[0] ?? model,
  model,
  tier,
  costUsd,
  durationMs,
  catalogVersion: catalogVersion ?? (costUsd > 0 ? unstated : null),
});
