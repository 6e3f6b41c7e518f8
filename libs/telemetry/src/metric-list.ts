import { confidenceBuckets, workBuckets, type MetricDefinition } from './metric-definition.js';

/** Counted where the event of a job is appended: the event stream takes each once, so each is counted once. */
const ofEvents = {
  waybill_jobs_accepted_total: {
    type: 'counter',
    help: 'Jobs accepted, by the door they came through and what they ask.',
    labels: ['door', 'task'],
    of: 'transport',
  },
  waybill_jobs_finished_total: {
    type: 'counter',
    help: 'Jobs that reached their final state.',
    labels: ['status'],
    of: 'transport',
  },
  waybill_job_waits_total: {
    type: 'counter',
    help: 'Times that a job was parked because it could not go on.',
    labels: ['stage'],
    of: 'transport',
  },
  waybill_pages_read_total: {
    type: 'counter',
    help: 'Pages read, by where their words came from and whether the reading was found in the cache.',
    labels: ['source', 'cached'],
    of: 'transport',
  },
  waybill_pages_failed_total: {
    type: 'counter',
    help: 'Pages that ended unread, by the code of the failure.',
    labels: ['code'],
    of: 'transport',
  },
  waybill_page_confidence: {
    type: 'histogram',
    help: 'Mean confidence of the words of a page, 0..1; pages without words do not count.',
    labels: ['source'],
    buckets: confidenceBuckets,
    of: 'transport',
  },
  waybill_stage_seconds: {
    type: 'histogram',
    help: 'Time of a page (stage read) or of a job (stage answer) by step; the step queued is waiting for a worker.',
    labels: ['stage', 'step'],
    buckets: workBuckets,
    of: 'transport',
  },
  waybill_route_choices_total: {
    type: 'counter',
    help: 'Calls that answers came from, by what was chosen; step is first, or again when it was re-routed.',
    labels: ['model', 'provider', 'tier', 'form', 'step', 'outcome'],
    of: 'transport',
  },
  waybill_cost_usd_total: {
    type: 'counter',
    help: 'US dollars that finished jobs cost, by model and purpose.',
    labels: ['model', 'purpose'],
    of: 'transport',
  },
  waybill_images_sent_total: {
    type: 'counter',
    help: 'Pictures that were sent to models.',
    labels: ['model'],
    of: 'transport',
  },
  waybill_image_tokens_total: {
    type: 'counter',
    help: 'Tokens of pictures, by what was estimated and, where the provider tells them apart, what was billed.',
    labels: ['model', 'kind'],
    of: 'transport',
  },
} as const satisfies Record<string, MetricDefinition>;

const ofTransport = {
  waybill_handler_seconds: {
    type: 'histogram',
    help: 'Time from the start of a handler to the settlement of its message, or of its batch, by outcome.',
    labels: ['consumer', 'outcome'],
    buckets: workBuckets,
    of: 'transport',
  },
  waybill_dead_letters_total: {
    type: 'counter',
    help: 'Messages given up, by the consumer that gave up and the code of the failure.',
    labels: ['consumer', 'code'],
    of: 'transport',
  },
} as const satisfies Record<string, MetricDefinition>;

/** Of each call as it happens, also of those whose job fails or waits, and of chats. */
const ofModels = {
  waybill_model_call_seconds: {
    type: 'histogram',
    help: 'Time of a call to a model, by outcome: answered, abandoned, or why it failed.',
    labels: ['provider', 'model', 'outcome'],
    buckets: workBuckets,
    of: 'models',
  },
  waybill_model_first_token_seconds: {
    type: 'histogram',
    help: 'Time until the first part of a streamed answer came.',
    labels: ['provider', 'model'],
    buckets: workBuckets,
    of: 'models',
  },
  waybill_model_tokens_total: {
    type: 'counter',
    help: 'Tokens billed by calls, by direction: input or output.',
    labels: ['provider', 'model', 'direction'],
    of: 'models',
  },
  waybill_model_waits_total: {
    type: 'counter',
    help: 'Calls that had to wait for a rate limit, a rest or a breaker.',
    labels: ['provider', 'model'],
    of: 'models',
  },
  waybill_answers_judged_total: {
    type: 'counter',
    help: 'Answers verified, by verdict: accepted or refused. Refused over all is the re-route rate.',
    labels: ['model', 'task', 'verdict'],
    of: 'models',
  },
  waybill_breaker_state: {
    type: 'gauge',
    help: 'The breaker of a model as all workers share it: 0 closed, 1 half open, 2 open.',
    labels: ['provider', 'model'],
    of: 'models',
  },
  waybill_model_alarms: {
    type: 'gauge',
    help: 'Alarms about a model that stand: its bills left their interval, or its answers are often re-routed.',
    labels: ['model', 'kind'],
    of: 'models',
  },
} as const satisfies Record<string, MetricDefinition>;

/** Read when they are asked for; every replica of results says the same, so take the maximum over replicas. */
const ofResults = {
  waybill_jobs: {
    type: 'gauge',
    help: 'Jobs without a final state, by state: queued, processing or waiting.',
    labels: ['state'],
    of: 'results',
  },
  waybill_consumer_lag: {
    type: 'gauge',
    help: 'Messages of a consumer that are not settled: those that nobody has taken, and those under way.',
    labels: ['consumer'],
    of: 'results',
  },
  waybill_consumer_under_way: {
    type: 'gauge',
    help: 'Messages of a consumer that a worker holds, or that come again later.',
    labels: ['consumer'],
    of: 'results',
  },
  waybill_consumer_oldest_seconds: {
    type: 'gauge',
    help: 'Age of the oldest message of a consumer that is not settled; 0 when there is none.',
    labels: ['consumer'],
    of: 'results',
  },
  waybill_dead_letters: {
    type: 'gauge',
    help: 'Dead letters that are kept: neither replayed nor aged out.',
    labels: [],
    of: 'results',
  },
  waybill_spent_today_usd: {
    type: 'gauge',
    help: 'US dollars booked since midnight UTC, of all tenants, jobs and chats.',
    labels: [],
    of: 'results',
  },
  waybill_budget_used_ratio: {
    type: 'gauge',
    help: 'Spent and reserved over the cap, of the 100 budgets that are used most.',
    labels: ['tenant', 'budget', 'window'],
    of: 'results',
  },
} as const satisfies Record<string, MetricDefinition>;

const ofAll = {
  waybill_http_request_seconds: {
    type: 'histogram',
    help: 'Time of an HTTP request by route as written in the contract; long polls and event streams are as long as they are.',
    labels: ['method', 'route', 'status'],
    buckets: workBuckets,
    of: 'all',
  },
  waybill_scrape_failures_total: {
    type: 'counter',
    help: 'Times that what is read at a scrape could not be read; its gauges are then absent.',
    labels: ['source'],
    of: 'all',
  },
} as const satisfies Record<string, MetricDefinition>;

/** Every metric that Waybill has of its own, by its Prometheus name. */
export const metricList = { ...ofEvents, ...ofTransport, ...ofModels, ...ofResults, ...ofAll } as const;
export type MetricName = keyof typeof metricList;
