import type { DocumentRoute, JobEvent, ModelUse, PageRead, StageTimes } from '@waybill/contracts';
import type { Measurement } from './meter.js';

const one = (metric: Measurement['metric'], labels: Measurement['labels']): Measurement => ({
  metric,
  labels,
  value: 1,
});

/** What an event of a job counts for, once it is appended. Labels are bounded: no job, tenant or document among them. */
export function measureEvent(event: JobEvent): Measurement[] {
  switch (event.type) {
    case 'job-accepted':
      return [one('waybill_jobs_accepted_total', { door: event.door, task: event.submission.task.kind })];
    case 'page-read':
      return pageRead(event);
    case 'page-failed':
      return [one('waybill_pages_failed_total', { code: event.failure.code })];
    case 'job-waiting':
      return [one('waybill_job_waits_total', { stage: event.stage })];
    case 'job-finished':
      return [
        one('waybill_jobs_finished_total', { status: event.status }),
        ...stageSeconds('answer', event.times),
        ...(event.result?.documents ?? []).flatMap(({ models }) => models.flatMap(costOf)),
        ...(event.result?.routes ?? []).flatMap(choicesOf),
      ];
    case 'job-planned':
    case 'attempt-made':
    case 'job-cancel-requested':
      return [];
  }
}

function pageRead({ summary, times }: PageRead): Measurement[] {
  const { source, confidence, cached = false } = summary;
  return [
    one('waybill_pages_read_total', { source, cached: String(cached) }),
    ...(confidence === null
      ? []
      : [{ metric: 'waybill_page_confidence', labels: { source }, value: confidence } as const]),
    ...stageSeconds('read', times),
  ];
}

const stageSeconds = (stage: string, times: StageTimes): Measurement[] =>
  Object.entries(times).map(([step, ms]) => ({
    metric: 'waybill_stage_seconds',
    labels: { stage, step },
    value: ms / 1_000,
  }));

const costOf = ({ model, purpose, costUsd }: ModelUse): Measurement[] =>
  costUsd > 0
    ? [{ metric: 'waybill_cost_usd_total', labels: { model, purpose: purpose ?? 'unstated' }, value: costUsd }]
    : [];

function choicesOf({ attempts }: DocumentRoute): Measurement[] {
  return attempts.flatMap(({ model, provider, tier, form, outcome, images = [] }, index): Measurement[] => {
    const step = index === 0 ? 'first' : 'again';
    const billed = images.reduce((sum, { billedTokens = 0 }) => sum + billedTokens, 0);
    const estimated = images.reduce((sum, { estimatedTokens }) => sum + estimatedTokens, 0);
    const tokens = (kind: string, value: number): Measurement[] =>
      value > 0 ? [{ metric: 'waybill_image_tokens_total', labels: { model, kind }, value }] : [];
    return [
      one('waybill_route_choices_total', { model, provider, tier: String(tier), form, step, outcome }),
      ...(images.length > 0
        ? [{ metric: 'waybill_images_sent_total', labels: { model }, value: images.length } as const]
        : []),
      ...tokens('estimated', estimated),
      ...tokens('billed', billed),
    ];
  });
}
