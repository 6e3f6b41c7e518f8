import type { UsageDimension } from '@waybill/contracts';
import type { UsageOwner } from '@waybill/llm-routing';

/** Each dimension as an expression over `shared`: a ledger row, or a share of it. */
const expressions: Readonly<Record<UsageDimension, string>> = {
  hour: `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24":00Z"')`,
  day: `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
  month: `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM')`,
  tenant: 'tenant',
  key: 'credential',
  tag: 'tag',
  job: 'job_id',
  document: `job_id || '/' || document`,
  page: `job_id || '/' || document || '/' || page`,
  image: `job_id || '/' || document || '/' || (image ->> 'page')`,
  model: 'model',
  provider: 'provider',
  tier: 'tier::text',
  // The usual service is not written down; engines that read, and rules, have none.
  service: `coalesce(service, CASE WHEN tier > 0 AND purpose <> 'read' THEN 'standard' END)`,
  task: 'task',
  kind: 'document_kind',
  purpose: 'purpose',
  catalog: 'catalog_version',
};

const owners: Readonly<Record<UsageOwner['kind'], string>> = {
  tenant: 'tenant = $1',
  // A parameter must be used to have a type.
  'every-tenant': '$1::text IS NULL',
};

const filtered = (owner: UsageOwner['kind']): string => `
  WHERE ${owners[owner]} AND at >= $2 AND at < $3 AND ($4::text IS NULL OR $4 = ANY (tags))
    AND ($5::text IS NULL OR job_id = $5) AND ($6::text IS NULL OR model = $6)
    AND ($7::text IS NULL OR credential = $7)`;

/** A row's part in a group: all of it, or one of `parts`. */
const sums = `
  sum(1::numeric / parts) AS calls, sum(cost) AS "costUsd",
  coalesce(sum(cost) FILTER (WHERE simulated), 0) AS "simulatedCostUsd",
  sum(coalesce(input_tokens, 0)::numeric / parts) AS "inputTokens",
  sum(coalesce(cached_input_tokens, 0)::numeric / parts) AS "cachedInputTokens",
  sum(coalesce(image_tokens, 0)::numeric / parts) AS "imageTokens",
  sum(coalesce(output_tokens, 0)::numeric / parts) AS "outputTokens",
  sum(coalesce(reasoning_tokens, 0)::numeric / parts) AS "reasoningTokens",
  sum(coalesce(estimated_input_tokens, 0)::numeric / parts) AS "estimatedInputTokens",
  sum(coalesce(jsonb_array_length(images), 0)::numeric / parts) AS images,
  sum(cardinality(pages)::numeric / parts) AS pages`;

/** What is known of the pictures of a group; null for a group of rows without pictures. */
const imageFacts = `, CASE WHEN count(image) > 0 THEN jsonb_build_object(
    'sent', count(image),
    'estimatedTokens', sum((image ->> 'estimatedTokens')::numeric),
    'billedTokens', sum((image ->> 'billedTokens')::numeric),
    'bytes', sum((image ->> 'bytes')::numeric),
    'widthPx', max((image ->> 'width')::int), 'heightPx', max((image ->> 'height')::int),
    'details', coalesce(jsonb_agg(DISTINCT image ->> 'detail') FILTER (WHERE image ->> 'detail' IS NOT NULL), '[]')
  ) END AS image`;

/** What a row is shared out over, numbered from 1. */
const shares = {
  page: 'unnest(pages) WITH ORDINALITY AS shares (page, place)',
  // What sent no pictures is shared out over its pages, so that both dimensions go together.
  image: `(
    SELECT CASE WHEN (image ->> 'page')::int = ANY (pages) THEN (image ->> 'page')::int END AS page, image, place
    FROM jsonb_array_elements(images) WITH ORDINALITY AS sent (image, place)
    UNION ALL
    SELECT page, NULL::jsonb, place FROM unnest(pages) WITH ORDINALITY AS read (page, place)
    WHERE coalesce(jsonb_array_length(images), 0) = 0
  ) AS shares`,
} as const;

/** How many shares a row has; one when there is nothing to share it out over. */
const partsOf = {
  page: 'greatest(cardinality(pages), 1)',
  image: 'coalesce(nullif(jsonb_array_length(images), 0), nullif(cardinality(pages), 0), 1)',
} as const satisfies Record<keyof typeof shares, string>;

/**
 * The cost of a part: each has the same, down to a picodollar, and the first has what is left over, so that the parts
 * add up to the row.
 */
const sharedOut = (over: keyof typeof shares, owner: UsageOwner['kind']): string => `
  SELECT counted.*, shares.*, trunc(cost_usd / parts, 12) + CASE WHEN coalesce(shares.place, 1) = 1
      THEN cost_usd - trunc(cost_usd / parts, 12) * parts ELSE 0 END AS cost
  FROM (
    SELECT ledger.*, ${partsOf[over]} AS parts FROM ledger ${filtered(owner)}
  ) AS counted LEFT JOIN LATERAL ${shares[over]} ON true`;

/**
 * $1 tenant (null for every tenant's), $2 from, $3 to, $4 tag, $5 job, $6 model, $7 key (each or null), $8 how many
 * groups. Groups, the dearest first. The text is made of the expressions above and of nothing that somebody sent.
 */
export function usageStatement(owner: UsageOwner['kind'], by: readonly UsageDimension[]): string {
  const columns = by.map((dimension, place) => `${expressions[dimension]} AS g${place}`);
  const tagged = by.includes('tag') ? 'LEFT JOIN LATERAL unnest(tags) AS tagged (tag) ON true' : '';
  return `
    SELECT ${columns.map((column) => `${column}, `).join('')}${sums}${by.includes('image') ? imageFacts : ''}
    FROM (${rowsFor(owner, by)}) AS shared ${tagged}
    ${by.length > 0 ? `GROUP BY ${by.map((_, place) => `g${place}`).join(', ')}` : ''}
    ORDER BY "costUsd" DESC${by.map((_, place) => `, g${place}`).join('')}
    LIMIT $8`;
}

function rowsFor(owner: UsageOwner['kind'], by: readonly UsageDimension[]): string {
  if (by.includes('image')) return sharedOut('image', owner);
  if (by.includes('page')) return sharedOut('page', owner);
  return `SELECT ledger.*, 1 AS parts, cost_usd AS cost FROM ledger ${filtered(owner)}`;
}

/** $1 to $7 as above, $8 now. What is held now, and what nobody knows of. */
export const openCalls = (owner: UsageOwner['kind']): string => `
  SELECT count(*) FILTER (WHERE lease_until > $8) AS "reservedCalls",
    coalesce(sum(most_usd) FILTER (WHERE lease_until > $8), 0) AS "reservedUsd",
    count(*) FILTER (WHERE lease_until <= $8) AS "unconfirmedCalls",
    coalesce(sum(most_usd) FILTER (WHERE lease_until <= $8), 0) AS "unconfirmedUsd"
  FROM reservations
  WHERE ${owners[owner]} AND reserved_at >= $2 AND reserved_at < $3 AND ($4::text IS NULL OR $4 = ANY (tags))
    AND ($5::text IS NULL OR job_id = $5) AND ($6::text IS NULL OR intent ->> 'model' = $6)
    AND ($7::text IS NULL OR intent ->> 'credential' = $7)`;
