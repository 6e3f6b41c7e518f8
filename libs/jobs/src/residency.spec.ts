import { describe, expect, it } from '@jest/globals';
import type { GuardrailReport, Hop, PageEnded, RouteAttempt } from '@waybill/contracts';
import { hopsTouched, refuseHopsOutside } from './residency.js';

const hop = (kind: Hop['kind'], name: string, ...regions: string[]): Hop => ({
  kind,
  name,
  ...(regions.length > 0 ? { regions } : {}),
});

describe('refuseHopsOutside', () => {
  const own = [hop('services', 'Waybill', 'eu-central-1'), hop('database', 'Postgres', 'eu-west-1')];

  it('lets a job go on that allows every region, or names none', () => {
    expect(() => refuseHopsOutside(own, ['eu'])).not.toThrow();
    expect(() => refuseHopsOutside(own, undefined)).not.toThrow();
    expect(() => refuseHopsOutside([hop('services', 'Waybill', 'local')], ['eu'])).not.toThrow();
  });

  it('names each hop that is elsewhere, or nobody knows where', () => {
    const hops = [...own, hop('document-store', 's3://papers', 'us-east-1'), hop('messages', 'NATS')];
    expect(() => refuseHopsOutside(hops, ['eu'])).toThrow(
      /allows eu, and .* with s3:\/\/papers \(document-store\) in us-east-1, NATS \(messages\) in a region that is not stated; allow/,
    );
    expect(() => refuseHopsOutside(own, ['eu-central-1'])).toThrow(/with Postgres \(database\) in eu-west-1; allow/);
    expect(() => refuseHopsOutside(own, [])).toThrow(/allows no region/);
  });
});

describe('hopsTouched', () => {
  const ocr = hop('ocr', 'tesseract', 'eu-central-1');
  const page = (seen?: Hop) => ({ type: 'page-read', ...(seen ? { hop: seen } : {}) }) as PageEnded;
  const attempt = (model: string, tier: number, regions?: string[]) => ({ model, tier, regions }) as RouteAttempt;

  it('has each place once, in the order in which a job comes there', () => {
    const own = [hop('services', 'Waybill', 'eu-central-1')];
    const ran = [hop('guardrail', 'secrets', 'eu-central-1')];
    const pages = [page(ocr), page(), page(ocr), { type: 'page-failed' } as PageEnded];
    const attempts = [attempt('rules', 0), attempt('a/b', 1, ['eu']), attempt('a/b', 1, ['eu']), attempt('c/d', 2)];
    expect(hopsTouched({ own, pages, guardrails: [{ ran } as GuardrailReport, undefined], attempts })).toEqual([
      ...[...own, ocr, ...ran],
      hop('model', 'a/b', 'eu'),
      hop('model', 'c/d'),
    ]);
  });
});
