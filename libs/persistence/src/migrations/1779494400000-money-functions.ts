/** Part of the migration beside it: a change needs a migration of its own. */

/**
 * What booked rows add to the sums of their scopes and windows: of the tenant and of each tag for the hour, day, month
 * (UTC) and for ever, and of each job for ever.
 */
export const sumsOf = (booked: 'booked' | 'ledger'): string => `
  SELECT tenant, scope, span, starts_at, sum(cost_usd)
  FROM (
    SELECT booked.tenant, scopes.scope, spans.span,
      CASE spans.span WHEN 'total' THEN 'epoch'::timestamptz ELSE date_trunc(spans.span, booked.at, 'UTC') END
        AS starts_at,
      booked.cost_usd
    FROM ${booked} AS booked
    CROSS JOIN LATERAL (
      SELECT '' AS scope UNION SELECT 'tag:' || tag FROM unnest(booked.tags) AS given (tag)
    ) AS scopes
    CROSS JOIN (VALUES ('hour'), ('day'), ('month'), ('total')) AS spans (span)
    WHERE booked.cost_usd > 0
    UNION ALL
    SELECT tenant, 'job:' || job_id, 'total', 'epoch'::timestamptz, cost_usd
    FROM ${booked}
    WHERE cost_usd > 0
  ) AS parts
  GROUP BY tenant, scope, span, starts_at
  ORDER BY tenant COLLATE "C", scope COLLATE "C", span COLLATE "C", starts_at`;

/**
 * Adds what a statement has booked to the sums. Rows are locked in order of their keys, so that those who book at once
 * wait for each other and never deadlock.
 */
export const addUpLedger = `
  CREATE FUNCTION waybill_add_up_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO spending AS known (tenant, scope, span, starts_at, cost_usd)
    ${sumsOf('booked')}
    ON CONFLICT (tenant, scope, span, starts_at) DO UPDATE SET cost_usd = known.cost_usd + excluded.cost_usd;
    RETURN NULL;
  END $$`;

/**
 * How the budgets that apply to a job with some tags stand: parameters are columns or variables of the caller. A job's
 * own limit is one more budget, `maxCostUsd`.
 */
const standings = `
  SELECT limits.name, limits.span, limits.over, limits.cap_usd, coalesce(spending.cost_usd, 0) AS spent_usd,
    held.most_usd AS reserved_usd, held.first_lease_end
  FROM (
    SELECT name, span, over, cap_usd, tag,
      CASE WHEN span = 'job' THEN 'job:' || the_job WHEN tag IS NOT NULL THEN 'tag:' || tag ELSE '' END AS scope
    FROM budgets
    WHERE tenant = the_tenant AND (tag IS NULL OR tag = ANY (the_tags)) AND (job_id IS NULL OR job_id = the_job)
    UNION ALL
    SELECT 'maxCostUsd', 'job', 'refuse', the_job_limit, NULL, 'job:' || the_job WHERE the_job_limit IS NOT NULL
  ) AS limits
  LEFT JOIN spending ON spending.tenant = the_tenant AND spending.scope = limits.scope
    AND spending.span = CASE limits.span WHEN 'job' THEN 'total' ELSE limits.span END
    AND spending.starts_at = CASE WHEN limits.span IN ('job', 'total') THEN 'epoch'::timestamptz
      ELSE date_trunc(limits.span, the_moment, 'UTC') END
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(most_usd), 0) AS most_usd, min(lease_until) AS first_lease_end
    FROM reservations
    WHERE tenant = the_tenant AND lease_until > the_moment
      AND (limits.span <> 'job' OR job_id = the_job) AND (limits.tag IS NULL OR limits.tag = ANY (tags))
  ) AS held`;

/**
 * Writes the intent of a paid call if all budgets that apply have room for it; otherwise nothing. One round trip. The
 * first statements lock, the later ones look: each sees what was committed before it began. Those who change budgets
 * hold the tenant's lock alone, so that a new budget knows every reservation made without it. Reservations come and go
 * all the time; only a plain index scan remembers which entries are dead, so no other kind is allowed.
 */
export const reserveFunction = `
  CREATE FUNCTION waybill_reserve(given jsonb) RETURNS jsonb LANGUAGE plpgsql SET enable_bitmapscan = off AS $$
  DECLARE
    the_tenant CONSTANT text := given ->> 'tenant';
    the_job CONSTANT text := given ->> 'jobId';
    the_key CONSTANT text := given ->> 'key';
    the_tags CONSTANT text[] := ARRAY(SELECT jsonb_array_elements_text(given -> 'tags'));
    the_most CONSTANT numeric := given ->> 'mostUsd';
    the_job_limit CONSTANT numeric := given ->> 'jobLimitUsd';
    the_moment CONSTANT timestamptz := given ->> 'now';
    the_attempt int;
    found_row record;
    found_standings jsonb;
    is_full boolean;
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(7924302, hashtext(the_tenant));
    PERFORM FROM budgets
    WHERE tenant = the_tenant AND (tag IS NULL OR tag = ANY (the_tags)) AND (job_id IS NULL OR job_id = the_job)
    ORDER BY name
    FOR NO KEY UPDATE;
    IF the_job_limit IS NOT NULL THEN
      PERFORM pg_advisory_xact_lock(7924303, hashtext(the_tenant || '/' || the_job));
    END IF;

    -- One look at both: a bill that is settled meanwhile is seen either as reserved or as booked.
    SELECT booked.*, held.* INTO found_row
    FROM (
      SELECT coalesce(max(attempt), 0) + 1 AS next_attempt, max(lease_until) AS held_until
      FROM reservations WHERE tenant = the_tenant AND idempotency_key = the_key
    ) AS held
    LEFT JOIN (
      SELECT entry, cost_usd, answer
      FROM ledger WHERE tenant = the_tenant AND idempotency_key = the_key ORDER BY at DESC, entry DESC LIMIT 1
    ) AS booked ON true;
    IF found_row.entry IS NOT NULL THEN
      RETURN jsonb_build_object('kind', 'settled', 'entry', found_row.entry, 'spentUsd', found_row.cost_usd::text,
        'answer', found_row.answer);
    END IF;
    IF found_row.held_until > the_moment THEN
      RETURN jsonb_build_object('kind', 'pending', 'until', found_row.held_until);
    END IF;
    the_attempt := found_row.next_attempt;

    SELECT bool_or(spent_usd + reserved_usd + the_most > cap_usd), jsonb_agg(jsonb_build_object(
      'name', name, 'window', span, 'over', over, 'capUsd', cap_usd::text, 'spentUsd', spent_usd::text,
      'reservedUsd', reserved_usd::text, 'firstLeaseEnd', first_lease_end))
    INTO is_full, found_standings
    FROM (${standings}) AS standings;
    IF is_full THEN
      RETURN jsonb_build_object('kind', 'full', 'standings', found_standings);
    END IF;

    INSERT INTO reservations (tenant, idempotency_key, attempt, job_id, tags, most_usd, reserved_at, lease_until, intent)
    VALUES (the_tenant, the_key, the_attempt, the_job, the_tags, the_most, the_moment,
      (given ->> 'leaseUntil')::timestamptz, given -> 'intent')
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      RETURN jsonb_build_object('kind', 'pending', 'until', given -> 'leaseUntil');
    END IF;
    RETURN jsonb_build_object('kind', 'reserved', 'attempt', the_attempt);
  END $$`;
