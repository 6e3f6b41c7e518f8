import type {
  DocumentResult,
  ExtractedField,
  GuardrailFinding,
  JobEventView,
  JobView,
  PageView,
  ResultView,
} from '@waybill/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useAnswer } from '../api/use-answer.js';
import { Empty, ProblemNote, Skeleton } from '../parts/notes.js';
import { isTyping } from '../shell/key-help.js';
import { go, usePlace, withQuery } from '../shell/location.js';
import { FieldList } from './field-list.js';
import { GuardrailList } from './guardrail-list.js';
import { isHiding } from './tell-guardrails.js';
import { layers, type Layer, type NumberedFinding } from './page-marks.js';
import { numberOfPage, pageOfNumber } from './page-numbers.js';
import { PageFacts } from './page-facts.js';
import { PagePicture } from './page-picture.js';
import { PageStrip } from './page-strip.js';

interface DocumentViewProps {
  readonly job: JobView;
  readonly result: ResultView | undefined;
  readonly events: readonly JobEventView[];
}

const zooms = [0.5, 0.75, 1, 1.5, 2, 3] as const;
const keyOfLayer: Readonly<Record<string, Layer>> = { w: 'words', b: 'blocks', t: 'tables', f: 'fields', h: 'guarded' };

const fieldsOn = (answer: DocumentResult | undefined, page: number): ExtractedField[] =>
  answer?.fields?.filter((field) => field.page === page) ?? [];

const findingsOn = (answer: DocumentResult | undefined, page: number | undefined): NumberedFinding[] =>
  (answer?.guardrails?.findings ?? [])
    .map((finding, index) => ({ finding, index }))
    .filter(({ finding }) => finding.page === page && page !== undefined);

/** The pages of a job, one at a time, with what was found drawn over it and the answer beside it. */
export function DocumentView({ job, result, events }: DocumentViewProps) {
  const place = usePlace();
  const [shown, setShown] = useState<ReadonlySet<Layer>>(new Set<Layer>(['words', 'fields']));
  const [zoom, setZoom] = useState(2);
  const total = job.pages.total ?? 0;
  const number = Math.min(Math.max(1, Number(place.query.get('page') ?? 1) || 1), Math.max(1, total));
  const chosen = place.query.get('field') ?? '';
  const pageOf = pageOfNumber(job.documents, number);
  // A page that has not ended is asked for again when more pages have.
  const ended = events.some((event) => isEnding(event, pageOf)) || job.finishedAt !== undefined;
  const page = useAnswer<PageView>(total > 0 && ended ? `/v1/jobs/${job.id}/pages/${number}` : undefined);

  const turnTo = useCallback(
    (next: number): void => {
      if (next >= 1 && next <= total) go(withQuery(place, { page: `${next}`, field: '' }), 'replace');
    },
    [place, total],
  );
  const toggle = (layer: Layer): void =>
    setShown((before) => new Set(layers.filter((each) => before.has(each) !== (each === layer))));
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      const layer = keyOfLayer[event.key];
      if (layer) toggle(layer);
      else if (event.key === 'n') turnTo(number + 1);
      else if (event.key === 'p') turnTo(number - 1);
      else if (event.key === '+' || event.key === '=') setZoom((before) => Math.min(zooms.length - 1, before + 1));
      else if (event.key === '-') setZoom((before) => Math.max(0, before - 1));
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [number, turnTo]);

  const answer = result?.documents.find(({ document }) => document === pageOf?.document);
  const shownPage = page.value?.page;
  const findings = useMemo(() => findingsOn(answer, shownPage), [answer, shownPage]);
  const hides = answer?.guardrails?.findings.some(isHiding) ?? false;
  useEffect(() => {
    if (hides) setShown((before) => new Set([...before, 'guarded']));
  }, [hides]);
  if (total === 0) {
    return job.finishedAt === undefined ? (
      <Skeleton lines={6} />
    ) : (
      <Empty title="No page was read">The reasons stand above. Retry the job when they are out of the way.</Empty>
    );
  }
  const light = (layer: Layer, name: string, page: number | undefined): void => {
    const document = pageOf?.document ?? 0;
    const at = page === undefined ? number : numberOfPage(job.documents, { document, page });
    setShown((before) => new Set([...before, layer]));
    go(withQuery(place, { page: `${at ?? number}`, field: name }), 'replace');
  };
  const choose = (field: ExtractedField): void => light('fields', field.path, field.page);
  const chooseFinding = (finding: GuardrailFinding, name: string): void => light('guarded', name, finding.page);
  const offered = layers.filter((layer) => layer !== 'guarded' || (answer?.guardrails?.findings.length ?? 0) > 0);
  return (
    <div className={`document ${total > 1 ? '' : 'single'}`}>
      {total > 1 ? <PageStrip job={job} events={events} number={number} turnTo={turnTo} /> : null}
      <section className="viewer" aria-label={`Page ${number} of ${total}`}>
        <div className="toolbar" role="toolbar" aria-label="Page">
          <button
            type="button"
            className="quiet"
            disabled={number <= 1}
            onClick={() => turnTo(number - 1)}
            aria-label="Previous page"
          >
            ‹
          </button>
          <span className="number">
            {number} / {total}
          </span>
          <button
            type="button"
            className="quiet"
            disabled={number >= total}
            onClick={() => turnTo(number + 1)}
            aria-label="Next page"
          >
            ›
          </button>
          <span className="gap" />
          <button type="button" className="quiet" onClick={() => setZoom(Math.max(0, zoom - 1))} aria-label="Smaller">
            −
          </button>
          <span className="number">{Math.round((zooms[zoom] ?? 1) * 100)} %</span>
          <button
            type="button"
            className="quiet"
            onClick={() => setZoom(Math.min(zooms.length - 1, zoom + 1))}
            aria-label="Larger"
          >
            +
          </button>
          <div className="layers" role="group" aria-label="Boxes">
            {offered.map((layer) => (
              <button
                key={layer}
                type="button"
                className={`toggle layer-${layer}`}
                aria-pressed={shown.has(layer)}
                onClick={() => toggle(layer)}
              >
                {layer}
              </button>
            ))}
          </div>
        </div>
        {page.error ? <ProblemNote error={page.error} again={page.again} /> : null}
        {page.value ? (
          <PagePicture
            page={page.value}
            fields={fieldsOn(answer, page.value.page)}
            findings={findings}
            shown={shown}
            chosen={chosen}
            zoom={zooms[zoom] ?? 1}
            choose={(path) => go(withQuery(place, { field: path }), 'replace')}
          />
        ) : page.error ? null : (
          <Skeleton lines={12} />
        )}
      </section>
      <aside className="findings" aria-label="Findings" tabIndex={0}>
        <FieldList job={job} result={result} chosen={chosen} document={pageOf?.document ?? 0} choose={choose} />
        <GuardrailList report={answer?.guardrails} chosen={chosen} choose={chooseFinding} />
        {page.value ? <PageFacts page={page.value} /> : null}
      </aside>
    </div>
  );
}

const isEnding = (event: JobEventView, at: { document: number; page: number } | undefined): boolean =>
  (event.type === 'page-read' || event.type === 'page-failed') &&
  event.document === at?.document &&
  event.page === at.page;
