import type { UsageDimension } from '@waybill/contracts';

/** Each dimension as an expression over `shared`: a ledger row, or a share of it. */
const expressions: Readonly<Record<UsageDimension, string>> = {
  hour: `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24":00Z"')`,
  day: `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
  month: `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM')`,
  tag: 'tag',
  job: 'job_id',
  document: `job_id || '/' || document`,
  page: `job_id || '/' || document || '/' || page`,
  model: 'model',
  provider: 'provider',
  tier: 'tier::text',
  task: 'task',
  kind: 'document_kind',
  purpose: 'purpose',
  catalog: 'catalog_version',
};

const filtered = `
  FROM ledger
  WHERE tenant = $1 AND at >= $2 AND at < $3 AND ($4::text IS NULL OR $4 = ANY (tags))
    AND ($5::text IS NULL OR job_id = $5) AND ($6::text IS NULL OR model = $6)`;

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

/**
 * The cost of a part: each page has the same, down to a picodollar, and the first has what is left over, so that the
 * parts add up to the row.
 */
const sharedOverPages = `
  SELECT ledger.*, shares.page, greatest(cardinality(pages), 1) AS parts,
    trunc(cost_usd / greatest(cardinality(pages), 1), 12) + CASE WHEN coalesce(shares.place, 1) = 1
      THEN cost_usd - trunc(cost_usd / greatest(cardinality(pages), 1), 12) * greatest(cardinality(pages), 1)
      ELSE 0 END AS cost`;

/**
 * $1 tenant, $2 from, $3 to, $4 tag, $5 job, $6 model (each or null), $7 how many groups. Groups, the dearest first. The
 * text is made of the expressions above and of nothing that somebody sent.
 */
export function usageStatement(by: readonly UsageDimension[]): string {
  const columns = by.map((dimension, place) => `${expressions[dimension]} AS g${place}`);
  const rows = by.includes('page')
    ? `${sharedOverPages} ${filtered.replace('FROM ledger', 'FROM ledger LEFT JOIN LATERAL unnest(pages) WITH ORDINALITY AS shares (page, place) ON true')}`
    : `SELECT ledger.*, 1 AS parts, cost_usd AS cost ${filtered}`;
  const tagged = by.includes('tag') ? 'LEFT JOIN LATERAL unnest(tags) AS tagged (tag) ON true' : '';
  return `
    SELECT ${columns.map((column) => `${column}, `).join('')}${sums}
    FROM (${rows}) AS shared ${tagged}
    ${by.length > 0 ? `GROUP BY ${by.map((_, place) => `g${place}`).join(', ')}` : ''}
    ORDER BY "costUsd" DESC${by.map((_, place) => `, g${place}`).join('')}
    LIMIT $7`;
}

/** $1 tenant, $2 from, $3 to, $4 tag, $5 job, $6 model, $7 now. What is held now, and what nobody knows of. */
export const openCalls = `
  SELECT count(*) FILTER (WHERE lease_until > $7) AS "reservedCalls",
    coalesce(sum(most_usd) FILTER (WHERE lease_until > $7), 0) AS "reservedUsd",
    count(*) FILTER (WHERE lease_until <= $7) AS "unconfirmedCalls",
    coalesce(sum(most_usd) FILTER (WHERE lease_until <= $7), 0) AS "unconfirmedUsd"
  FROM reservations
  WHERE tenant = $1 AND reserved_at >= $2 AND reserved_at < $3 AND ($4::text IS NULL OR $4 = ANY (tags))
    AND ($5::text IS NULL OR job_id = $5) AND ($6::text IS NULL OR intent ->> 'model' = $6)`;
