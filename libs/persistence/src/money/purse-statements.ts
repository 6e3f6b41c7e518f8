/** Before the id of a reservation in the entry of its ledger row. */
export const callEntry = 'call/';

/** $1: the intent. One row with what the database says to it. */
export const reserve = { name: 'reserve', text: 'SELECT waybill_reserve($1::jsonb) AS answer' } as const;

/**
 * $1: a reservation and its bill. The reservation goes and the ledger row comes in one statement; a repeat finds the
 * row, and a reservation that is gone already is not missed.
 */
export const settle = {
  name: 'settle',
  text: `
  WITH given AS (
    SELECT * FROM jsonb_to_record($1::jsonb) AS given (
      tenant text, key text, attempt int, entry text, "jobId" text, document int, pages int[], at timestamptz,
      tags text[], credential text, purpose text, task text, "documentKind" text, provider text, model text, tier int, "costUsd" numeric,
      "reservedUsd" numeric, "durationMs" double precision, "catalogVersion" text, "estimatedInputTokens" bigint,
      "inputTokens" bigint, "cachedInputTokens" bigint, "cacheWrittenInputTokens" bigint, "imageTokens" bigint,
      "outputTokens" bigint, "reasoningTokens" bigint, images jsonb, answer jsonb, simulated boolean,
      service text)
  ),
  gone AS (
    DELETE FROM reservations USING given
    WHERE reservations.tenant = given.tenant AND reservations.idempotency_key = given.key
      AND reservations.attempt = given.attempt
  )
  INSERT INTO ledger (tenant, entry, job_id, document, pages, at, tags, credential, purpose, task, document_kind, provider, model,
    tier, cost_usd, reserved_usd, duration_ms, catalog_version, idempotency_key, estimated_input_tokens, input_tokens,
    cached_input_tokens, cache_written_input_tokens, image_tokens, output_tokens, reasoning_tokens, images, answer,
    simulated, service)
  SELECT tenant, entry, "jobId", document, pages, at, tags, credential, purpose, task, "documentKind", provider, model, tier,
    "costUsd", "reservedUsd", "durationMs", "catalogVersion", key, "estimatedInputTokens", "inputTokens",
    "cachedInputTokens", "cacheWrittenInputTokens", "imageTokens", "outputTokens", "reasoningTokens",
    nullif(images, 'null'), nullif(answer, 'null'), simulated, service
  FROM given
  ON CONFLICT DO NOTHING`,
} as const;

/**
 * $1: bills, each with the reservation that covers it with others. Rows come and the reservations shrink by what they
 * cost in one statement; a row that is there already takes nothing from them.
 */
export const bookCovered = {
  name: 'book-covered',
  text: `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (
      tenant text, key text, allowance text, entry text, "jobId" text, document int, pages int[], at timestamptz,
      tags text[], credential text, purpose text, task text, "documentKind" text, provider text, model text, tier int, "costUsd" numeric,
      "reservedUsd" numeric, "durationMs" double precision, "catalogVersion" text, "estimatedInputTokens" bigint,
      "inputTokens" bigint, "cachedInputTokens" bigint, "cacheWrittenInputTokens" bigint, "imageTokens" bigint,
      "outputTokens" bigint, "reasoningTokens" bigint, images jsonb, simulated boolean)
  ),
  booked AS (
    INSERT INTO ledger (tenant, entry, job_id, document, pages, at, tags, credential, purpose, task, document_kind, provider, model,
      tier, cost_usd, reserved_usd, duration_ms, catalog_version, idempotency_key, estimated_input_tokens, input_tokens,
      cached_input_tokens, cache_written_input_tokens, image_tokens, output_tokens, reasoning_tokens, images,
      simulated)
    SELECT tenant, entry, "jobId", document, pages, at, tags, credential, purpose, task, "documentKind", provider, model, tier,
      "costUsd", "reservedUsd", "durationMs", "catalogVersion", key, "estimatedInputTokens", "inputTokens",
      "cachedInputTokens", "cacheWrittenInputTokens", "imageTokens", "outputTokens", "reasoningTokens",
      nullif(images, 'null'), coalesce(simulated, false)
    FROM given
    ON CONFLICT DO NOTHING
    RETURNING tenant, entry, cost_usd
  ),
  paid AS (
    SELECT given.tenant, given.allowance, sum(booked.cost_usd) AS usd
    FROM given JOIN booked ON booked.tenant = given.tenant AND booked.entry = given.entry
    GROUP BY given.tenant, given.allowance
  )
  UPDATE reservations SET most_usd = greatest(0, most_usd - paid.usd)
  FROM paid
  WHERE reservations.tenant = paid.tenant AND reservations.idempotency_key = paid.allowance AND reservations.attempt = 1`,
} as const;

/** $1: a reservation. */
export const release = {
  name: 'release',
  text: `
  DELETE FROM reservations USING jsonb_to_record($1::jsonb) AS given (
    tenant text, key text, attempt int, "leaseUntil" timestamptz)
  WHERE reservations.tenant = given.tenant AND reservations.idempotency_key = given.key
    AND reservations.attempt = given.attempt AND reservations.lease_until = given."leaseUntil"`,
} as const;

/**
 * $1 now, $2 at most so many. Marks leases that are over, each once: replicas that look at the same moment take
 * different ones.
 */
export const markExpired = {
  name: 'mark-expired-leases',
  text: `
  UPDATE reservations SET expired_at = $1
  WHERE (tenant, idempotency_key, attempt) IN (
    SELECT tenant, idempotency_key, attempt FROM reservations
    WHERE expired_at IS NULL AND lease_until <= $1
    ORDER BY lease_until
    LIMIT $2
    FOR UPDATE SKIP LOCKED)
  RETURNING tenant, job_id AS "jobId", attempt, most_usd AS "mostUsd", intent ->> 'model' AS model`,
} as const;
