import { z } from 'zod';
import { documentStoreVariables } from './document-store-variables.js';
import { gatewayVariables } from './gateway-variables.js';
import { identityVariables } from './identity-variables.js';
import { hostedOcrEngines, hostedOcrVariables } from './hosted-ocr-variables.js';
import { modelProviderVariables } from './model-provider-variables.js';
import { productionDefaults } from './production-defaults.js';
import { refuseOpenProduction } from './refuse-open-production.js';
import { regionVariables } from './region-variables.js';
import { reasoningLanesVariable } from './reasoning-lanes-variable.js';
import { sealingVariables } from './sealing-variables.js';
import { serverConnectionVariables } from './server-connection-variables.js';

const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] });
const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);
const megabytes = 1_048_576;

/**
 * Every environment variable of the services, with its default. Parsed once at start, then frozen.
 * Names carry their unit; a wrong value is refused with a sentence.
 */
const environmentSchema = z.object({
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:4222'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).default('postgresql://postgres@127.0.0.1:5432/waybill'),
  /** Postgres connections that one service process holds at most. */
  WAYBILL_DATABASE_POOL_SIZE: whole(1, 200).default(10),
  WAYBILL_HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 takes a free port. */
  WAYBILL_PORT: whole(0, 65_535).default(0),
  /** Where intake, the front door, sends requests that results answers. */
  WAYBILL_RESULTS_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8081'),
  WAYBILL_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** `auto` is pretty in a terminal and JSON elsewhere. */
  WAYBILL_LOG_FORMAT: z.enum(['auto', 'pretty', 'json']).default('auto'),
  /** The bearer token that `/metrics` asks for; absent, whoever reaches the port may read it. */
  WAYBILL_METRICS_TOKEN: z.string().min(16).optional(),
  /** Messages under way at once for each consumer of a service; the ocr service takes its worker count instead. */
  WAYBILL_CONCURRENCY: whole(1, 1_024).default(128),
  /** The reasoning lanes that a process works on, and how many jobs at once in each; all, when absent. */
  WAYBILL_REASONING_LANES: reasoningLanesVariable,
  WAYBILL_STREAM_REPLICAS: whole(1, 5).default(1),
  /** Overrides the ack wait of every consumer; the same value must be set for all services. */
  WAYBILL_ACK_WAIT_MS: whole(500, 3_600_000).optional(),
  /** How long a stopping service lets its handlers finish. */
  WAYBILL_DRAIN_MS: whole(0, 600_000).default(25_000),
  /** The deadline of a job that names none. */
  WAYBILL_JOB_DEADLINE_MS: whole(1_000, 30 * 86_400_000).default(86_400_000),
  WAYBILL_MAX_DOCUMENT_BYTES: whole(1, 2_000 * megabytes).default(100 * megabytes),
  WAYBILL_MAX_PAGES: whole(1, 20_000).default(1_000),
  /** Pixels of one page image before decoding. */
  WAYBILL_MAX_PIXELS: whole(1, 2_000_000_000).default(100_000_000),
  /** Of a packed document (Office files are ZIPs), by unpacking it, not by what it states. */
  WAYBILL_MAX_UNPACKED_BYTES: whole(1, 4_000 * megabytes).default(150 * megabytes),
  /** Documents found in one document, for example attachments; with all that are nested in them. */
  WAYBILL_MAX_ATTACHMENTS: whole(0, 1_000).default(100),
  /** How deep e-mails may be attached to e-mails. */
  WAYBILL_MAX_MAIL_DEPTH: whole(0, 20).default(3),
  /** Memory in which one thread opens and draws a PDF. */
  WAYBILL_MAX_PDF_MEMORY_BYTES: whole(64 * megabytes, 4_000 * megabytes).default(1_024 * megabytes),
  /** How long looking at one document may take, without fetching or converting it. */
  WAYBILL_INSPECT_TIMEOUT_MS: whole(1_000, 3_600_000).default(60_000),
  /** LibreOffice's command, by name or path; `none` refuses what it is needed for. */
  WAYBILL_OFFICE_COMMAND: z.string().min(1).default('soffice'),
  WAYBILL_CONVERT_TIMEOUT_MS: whole(1_000, 3_600_000).default(120_000),
  /** Address space of one conversion. */
  WAYBILL_MAX_CONVERT_MEMORY_BYTES: whole(256 * megabytes, 64_000 * megabytes).default(4_096 * megabytes),
  WAYBILL_PAGE_TIMEOUT_MS: whole(1_000, 3_600_000).default(120_000),
  /** `public` fetches web addresses outside private networks, `any` also inside, `off` refuses them, as production does. */
  WAYBILL_URL_FETCH: z.enum(['off', 'public', 'any']).default('public'),
  /** `auto` compares those on this machine at start; `none` reads nothing and is for measuring the pipeline alone. */
  WAYBILL_OCR_ENGINE: z.enum(['auto', 'tesseract-js', 'tesseract-native', 'none', ...hostedOcrEngines]).default('auto'),
  WAYBILL_OCR_WORKERS: whole(1, 256).optional(),
  /** Languages read when a job names none, joined with `+`. */
  WAYBILL_OCR_LANGUAGES: z
    .string()
    .regex(/^[a-z_]{3,20}(\+[a-z_]{3,20})*$/)
    .default('eng'),
  /** A file whose statements win over the model catalog of the release (docs/catalog.md). */
  WAYBILL_CATALOG_OVERLAY: z.string().min(1).optional(),
  /** Of the cache of readings, for all tenants; the oldest go first. 0 keeps none. */
  WAYBILL_READING_CACHE_BYTES: whole(0, 1_000_000 * megabytes).default(256 * megabytes),
  WAYBILL_READING_CACHE_AGE_MS: whole(1_000, 366 * 86_400_000).default(7 * 86_400_000),
  /** `drawn` checks a PDF's text against the page as drawn; `read` also reads every page's picture and compares. */
  WAYBILL_TEXT_LAYER_CHECK: z.enum(['drawn', 'read']).default('drawn'),
  /** A YAML or JSON file that replaces the guardrail policy of the release (docs/guardrails.md). */
  WAYBILL_GUARDRAILS: z.string().min(1).optional(),
  /** A YAML or JSON file that says how long the parts of ended jobs are kept (docs/data.md); what the stores keep when absent. */
  WAYBILL_RETENTION: z.string().min(1).optional(),
  ...documentStoreVariables,
  ...regionVariables,
  ...hostedOcrVariables,
  ...modelProviderVariables,
  ...gatewayVariables,
  ...identityVariables,
  ...sealingVariables,
  ...serverConnectionVariables,
  /** Signs webhooks (Standard Webhooks): `whsec_` and 24-64 bytes in base64. Without it, no webhook is accepted. */
  WAYBILL_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{32,}$/)
    .optional(),
  /** `public` posts to callbacks outside private networks only, `any` also inside them. */
  WAYBILL_WEBHOOK_TARGETS: z.enum(['public', 'any']).default('public'),
  /** How often overdue jobs and leases that are over are looked for. */
  WAYBILL_EXPIRY_SWEEP_MS: whole(100, 3_600_000).default(5_000),
  /** Apply database migrations and create streams at service start, for a stack without a separate provision step. */
  WAYBILL_PROVISION_AT_START: flag.default(false),
});

/** Every variable with its default as a person would set it; undefined for those that have none. */
export const environmentDefaults: Readonly<Record<string, string | undefined>> = Object.freeze(
  Object.fromEntries(
    Object.entries(environmentSchema.shape).map(([name, schema]) => {
      const parsed = schema.safeParse(undefined);
      const { data }: { data?: unknown } = parsed;
      const isSimple = typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean';
      return [name, isSimple ? String(data) : undefined];
    }),
  ),
);

export type Environment = Readonly<z.infer<typeof environmentSchema>>;

/** What variables must be to each other. */
const checkedEnvironment = environmentSchema.superRefine(refuseOpenProduction);

/** A refusal of the configuration: a sentence a person can act on. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads the environment. Empty values count as absent.
 * @throws ConfigurationError naming each variable that is wrong, and what to set instead.
 */
export function loadEnvironment(source: Record<string, string | undefined> = process.env): Environment {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const isProduction = present['WAYBILL_MODE'] === 'production';
  const parsed = checkedEnvironment.safeParse(isProduction ? { ...productionDefaults, ...present } : present);
  if (parsed.success) return Object.freeze(parsed.data);
  const sentences = parsed.error.issues.map((issue) =>
    issue.code === 'custom' && issue.params?.['isSentence'] === true
      ? issue.message
      : `${issue.path.join('.')} is not usable (${issue.message}); set it to a valid value or unset it to use the default.`,
  );
  throw new ConfigurationError(sentences.join('\n'));
}
