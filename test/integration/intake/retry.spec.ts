import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptanceViewSchema, problemSchema } from '@waybill/contracts';
import { endWithoutAnswer } from '@waybill/jobs';
import { job, picture, startIntake, type TestIntake } from './start-intake.js';

let intake: TestIntake;

beforeAll(async () => {
  intake = await startIntake();
});
afterAll(() => intake.stop());

const retry = (id: string, tenant = 'default'): Promise<Response> =>
  fetch(`${intake.url}/v1/jobs/${id}/retry`, { method: 'POST', headers: { 'waybill-tenant': tenant } });

async function submit(id: string): Promise<void> {
  const body = {
    id,
    task: { kind: 'read' },
    tags: ['first'],
    routing: { deadline: new Date(Date.now() + 3_600_000).toISOString() },
    documents: [{ inline: (await picture()).toString('base64'), name: 'a.png', password: 'open' }],
  };
  const headers = { 'content-type': 'application/json' };
  await fetch(`${intake.url}/v1/jobs`, { method: 'POST', headers, body: JSON.stringify(body) });
}

const end = (id: string) => intake.events.append(endWithoutAnswer(job(id), 'cancelled', [], new Date(), 0));

describe('POST /v1/jobs/{id}/retry', () => {
  it('makes a new job of what was asked for, with documents of its own', async () => {
    await submit('tried');
    await end('tried');
    const answer = await retry('tried');
    const { id, status } = acceptanceViewSchema.parse(await answer.json());
    expect([answer.status, status, answer.headers.get('location')]).toEqual([202, 'queued', `/v1/jobs/${id}`]);
    const [first, second] = await Promise.all([
      intake.events.find(job('tried'), 'job-accepted'),
      intake.events.find(job(id), 'job-accepted'),
    ]);
    expect(id).not.toBe('tried');
    expect(second?.submission).toMatchObject({ task: { kind: 'read' }, tags: ['first'] });
    const [before] = first?.submission.documents ?? [];
    const [after] = second?.submission.documents ?? [];
    if (!before || !after || !('blob' in before) || !('blob' in after)) throw new Error('Both jobs have bytes.');
    expect([after.name, after.blob.sha256]).toEqual(['a.png', before.blob.sha256]);
    expect([after.blob.key, after.password?.key]).not.toEqual([before.blob.key, before.password?.key]);
    const leftMs = Date.parse(second?.submission.routing.deadline ?? '') - Date.now();
    expect(leftMs).toBeGreaterThan(3_500_000);
  });

  it('refuses while the job is under way, and what is not there', async () => {
    await submit('running');
    const [running, unknown, foreign] = [
      await retry('running'),
      await retry('nobody'),
      await retry('running', 'other'),
    ];
    expect([running.status, unknown.status, foreign.status]).toEqual([409, 404, 404]);
    expect(problemSchema.parse(await running.json()).type).toBe('urn:waybill:problem:job-not-final');
  });
});
