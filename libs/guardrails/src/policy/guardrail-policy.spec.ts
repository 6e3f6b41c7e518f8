import { describe, expect, it } from '@jest/globals';
import { decide, mayReadRemotely, ofChatPictures, rulesFor } from './decide.js';
import { GuardrailPolicyError, parseGuardrailPolicy } from './guardrail-policy.js';
import { shippedGuardrailPolicy } from './shipped-guardrail-policy.js';

const finding = { guardrail: 'personal-data', kind: 'email', score: 0.9 };
const whose = (sensitivity: 'internal' | 'restricted') => ({ tenant: 'acme', sensitivity });
const actions = (sensitivity: 'internal' | 'restricted') =>
  decide([finding], rulesFor(shippedGuardrailPolicy, whose(sensitivity), 'before-model')).map(({ rule }) => rule.do);

describe('the guardrail policy', () => {
  it('redacts by sensitivity', () => {
    expect([actions('internal'), actions('restricted')]).toEqual([['report'], ['redact']]);
  });

  it('lets the first rule in the path decide, and tells every rule in shadow', () => {
    const { rules } = parseGuardrailPolicy({
      version: 1,
      rules: [
        { guardrail: 'personal-data', tenants: ['other'], do: 'block' },
        { guardrail: 'personal-data', do: 'block', mode: 'shadow' },
        { guardrail: 'personal-data', kinds: ['email'], do: 'redact' },
        { guardrail: 'personal-data', do: 'report' },
      ],
    });
    const own = rulesFor({ rules } as never, whose('internal'), 'before-model');
    expect(decide([finding], own).map(({ rule }) => [rule.do, rule.mode])).toEqual([
      ['redact', 'path'],
      ['block', 'shadow'],
    ]);
    expect(decide([{ ...finding, score: 0.4 }], own)).toEqual([]);
  });

  it('keeps pages from remote engines for whom it says so', () => {
    const policy = parseGuardrailPolicy({
      version: 1,
      rules: [],
      remoteOcr: [{ sensitivities: ['restricted'], do: 'refuse' }],
    });
    expect([mayReadRemotely(policy, whose('restricted')), mayReadRemotely(policy, whose('internal'))]).toEqual([
      false,
      true,
    ]);
  });

  it('says what follows of pictures in chats: told unless it says otherwise, refused where no remote engine may read', () => {
    const chatPictures = [
      { sensitivities: ['restricted'], do: 'refuse' },
      { tenants: ['beta'], do: 'pass' },
      { tenants: ['gamma'], do: 'read' },
    ];
    const policy = parseGuardrailPolicy({ version: 1, rules: [], chatPictures });
    expect(ofChatPictures(policy, whose('restricted'))).toBe('refuse');
    expect(ofChatPictures(policy, whose('internal'))).toBe('report');
    expect(ofChatPictures(policy, { ...whose('internal'), tenant: 'beta' })).toBe('pass');
    expect(ofChatPictures(policy, { ...whose('internal'), tenant: 'gamma' })).toBe('read');
    const kept = parseGuardrailPolicy({ version: 1, rules: [], remoteOcr: [{ do: 'refuse' }] });
    expect(ofChatPictures(kept, whose('internal'))).toBe('refuse');
  });

  it.each<[object, RegExp]>([
    [{ guardrail: 'magic', do: 'block' }, /rules\.0\.guardrail: "magic" is none; name one of secrets, personal-data/],
    [{ guardrail: 'personal-data', kinds: ['shoe-size'], do: 'block' }, /knows no shoe-size/],
    [{ guardrail: 'answer-compliance', do: 'block' }, /works after-answer only/],
    [{ guardrail: 'secrets', do: 'route' }, /belong together/],
    [{ guardrail: 'secrets', at: 'after-answer', do: 'redact' }, /reported or blocked/],
    [{ guardrail: 'openai-moderation', do: 'block' }, /say under "moderators"/],
  ])('says where a mistake is: %j', (rule, sentence) => {
    const read = () => parseGuardrailPolicy({ version: 1, rules: [rule] });
    expect(read).toThrow(GuardrailPolicyError);
    expect(read).toThrow(sentence);
  });
});
