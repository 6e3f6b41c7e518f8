import { describe, expect, it } from '@jest/globals';
import type { GuardrailFinding } from '@waybill/contracts';
import { sumUp, whatFollowed, whereFound } from './tell-guardrails.js';

const finding = (part: Partial<GuardrailFinding>): GuardrailFinding => ({
  ...{ guardrail: 'personal-data', kind: 'email', at: 'before-model', action: 'redact', mode: 'path', score: 1 },
  ...part,
});

describe('what guardrails did', () => {
  it('is told by what followed', () => {
    expect(whatFollowed(finding({ placeholder: '[EMAIL_1]' }))).toBe('hidden from models as [EMAIL_1]');
    expect(whatFollowed(finding({ action: 'block', at: 'after-answer' }))).toBe('withheld from the answer');
    expect(whatFollowed(finding({ action: 'route' }))).toBe('narrowed the models');
    expect(whatFollowed(finding({ mode: 'shadow', placeholder: '[EMAIL_1]' }))).toBe(
      'would be hidden, by a rule on trial',
    );
  });

  it('is told by where it stands', () => {
    expect(whereFound(finding({ page: 3 }))).toBe('page 3');
    expect(whereFound(finding({ path: '/total', at: 'after-answer' }))).toBe('total of the answer');
    expect(whereFound(finding({}))).toBe('in the task');
  });

  it('is summed up, without rules on trial', () => {
    const count = { guardrail: 'personal-data', kind: 'email', at: 'before-model', mode: 'path' } as const;
    const counts = [
      { ...count, action: 'redact', count: 2 },
      { ...count, action: 'report', count: 1 },
      { ...count, action: 'block', mode: 'shadow', count: 5 },
    ] as const;
    expect(sumUp({ findings: [], counts: [...counts], inspectMs: 1 })).toBe('2 values hidden, 1 finding reported.');
    expect(sumUp({ findings: [], counts: [], inspectMs: 1 })).toBe('Nothing was found.');
  });
});
