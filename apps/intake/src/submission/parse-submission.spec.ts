import { tenantSchema } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { describe, expect, it } from '@jest/globals';
import { parseSubmission } from './parse-submission.js';

const tenant = tenantSchema.parse('acme');
const valid = { documents: [{ inline: 'AAAA' }], task: { kind: 'read' } };

const refusalOf = (raw: unknown): StageError => {
  try {
    parseSubmission(raw, tenant);
  } catch (error) {
    if (error instanceof StageError) return error;
    throw error;
  }
  throw new Error('The submission was not refused.');
};

describe('parseSubmission', () => {
  it('fills in defaults, and the tenant of the door', () => {
    expect(parseSubmission(valid, tenant)).toEqual({ ...valid, tenant: 'acme', routing: {} });
    expect(parseSubmission({ ...valid, tenant: 'acme' }, tenant).tenant).toBe('acme');
  });

  it.each([
    [null, 'JSON object'],
    [[valid], 'JSON object'],
    ['text', 'JSON object'],
    [{ ...valid, tenant: 'other' }, 'acme'],
    [{ ...valid, id: 'a b' }, '/id'],
    [{ ...valid, extra: 1 }, 'extra'],
    [{ ...valid, documents: [{ inline: 'not base64!' }] }, '/documents/0/inline'],
    [{ ...valid, documents: [{ inline: 'AAAA', url: 'http://x.test' }] }, '/documents/0'],
    [{ ...valid, routing: { deadline: 'tomorrow' } }, '/routing/deadline'],
    [{ documents: valid.documents }, '/task'],
  ])('refuses %j and points there', (raw, hint) => {
    const refusal = refusalOf(raw);
    expect(refusal.failure.code).toBe('invalid-submission');
    expect(refusal.message).toContain(hint);
    expect(refusal.retryable).toBe(false);
  });

  it('names the known tasks for an unknown one, and keeps what it repeats short', () => {
    const refusal = refusalOf({ ...valid, task: { kind: 'x'.repeat(5_000) } });
    expect(refusal.failure.code).toBe('unknown-task');
    expect(refusal.message).toContain('read, extract');
    expect(refusal.message.length).toBeLessThan(200);
  });

  it('shows the first of many issues', () => {
    const refusal = refusalOf({ ...valid, tags: Array.from({ length: 20 }, () => 7) });
    expect(refusal.message).toContain('15 more');
  });
});
