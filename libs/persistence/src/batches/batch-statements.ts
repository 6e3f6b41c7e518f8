const columns = `tenant, id, credential, endpoint, input_file_id AS "inputFileId", completion_window AS "completionWindow", metadata,
  status, errors, output_file_id AS "outputFileId", error_file_id AS "errorFileId", total, completed, failed, moments,
  created_at AS "createdAt", expires_at AS "expiresAt"`;

export const createBatch = `INSERT INTO batches
  (tenant, id, endpoint, input_file_id, completion_window, metadata, status, created_at, changed_at, expires_at,
    credential)
  VALUES ($1, $2, $3, $4, $5, $6, 'validating', $7, $7, $8, $9)`;

export const findBatch = `SELECT ${columns} FROM batches WHERE tenant = $1 AND id = $2`;

/** Ids sort by their time. */
export const listBatches = `SELECT ${columns} FROM batches
  WHERE tenant = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`;

/** What is over its time, what stopped in a step that takes moments, and what nobody ended after its last line. */
export const dueBatches = `SELECT tenant, id AS "batchId" FROM batches b
  WHERE status IN ('validating', 'in_progress', 'finalizing', 'cancelling') AND (
    expires_at <= $1 OR changed_at <= $2 AND (status <> 'in_progress' OR completed + failed >= total))
  LIMIT 1000`;

export const changeBatch = `UPDATE batches SET status = $4, changed_at = $5,
  moments = moments || jsonb_build_object($4::text, $6::text),
  total = coalesce($7, total), errors = coalesce($8, errors),
  output_file_id = coalesce($9, output_file_id), error_file_id = coalesce($10, error_file_id)
  WHERE tenant = $1 AND id = $2 AND status = ANY ($3) RETURNING 1 AS changed`;

export const addLines = `INSERT INTO batch_lines (tenant, batch_id, line, custom_id, request)
  SELECT $1, $2, line, custom_id, request
  FROM unnest($3::integer[], $4::text[], $5::jsonb[]) AS new (line, custom_id, request) ON CONFLICT DO NOTHING`;

export const beginLine = `UPDATE batch_lines l SET state = 'asking' FROM batches b
  WHERE l.tenant = $1 AND l.batch_id = $2 AND l.line = $3 AND l.state <> 'ended' AND b.tenant = $1 AND b.id = $2
  RETURNING l.line, l.custom_id AS "customId", l.request, b.status, b.credential`;

export const giveLineBack = `UPDATE batch_lines SET state = 'pending'
  WHERE tenant = $1 AND batch_id = $2 AND line = $3 AND state = 'asking'`;

/** One statement, so that a line and the counts of its batch change together. */
export const endLine = `WITH ended AS (
    UPDATE batch_lines SET state = 'ended', ending = $4
    WHERE tenant = $1 AND batch_id = $2 AND line = $3 AND state <> 'ended' RETURNING 1)
  UPDATE batches SET completed = completed + $5, failed = failed + 1 - $5, changed_at = $6
  WHERE tenant = $1 AND id = $2 AND EXISTS (SELECT 1 FROM ended)
  RETURNING completed + failed >= total AS "isLast"`;

export const dropLines = `WITH ended AS (
    UPDATE batch_lines SET state = 'ended', ending = $4
    WHERE tenant = $1 AND batch_id = $2 AND state = ANY ($3) RETURNING 1)
  UPDATE batches SET failed = failed + (SELECT count(*) FROM ended) WHERE tenant = $1 AND id = $2`;

export const openLine = `SELECT 1 AS open FROM batch_lines WHERE tenant = $1 AND batch_id = $2 AND state <> 'ended' LIMIT 1`;

export const endedLines = `SELECT line, custom_id AS "customId", request, ending FROM batch_lines
  WHERE tenant = $1 AND batch_id = $2 AND line > $3 AND state = 'ended' ORDER BY line LIMIT $4`;

export const removeLines = 'DELETE FROM batch_lines WHERE tenant = $1 AND batch_id = $2 RETURNING 1';

export const removeBatch = 'DELETE FROM batches WHERE tenant = $1 AND id = $2 RETURNING 1';
