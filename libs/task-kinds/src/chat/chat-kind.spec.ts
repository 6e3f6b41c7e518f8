import { describe, expect, it } from '@jest/globals';
import { pageOf, subjectOf } from '../testing/pages-of.js';
import { chatKind } from './chat-kind.js';

const page = pageOf(1, ['The fare is 4.20 a day']);
const messages = [
  { role: 'user', text: 'What is this?' },
  { role: 'assistant', text: 'A list of fares.' },
  { role: 'user', text: 'And the price?' },
] as const;
const work = () => chatKind.work(subjectOf({ kind: 'chat', messages: [...messages] }, [page]));
const part = ['/reply'];
const saying = (text: string) => ({ answer: { text }, tier: 1, quality: 0.9 });

describe('chat', () => {
  it('puts the document before the conversation, and asks for free text', async () => {
    const [form] = work().forms(part);
    const asking = await work().ask({ card: { tier: 1 }, form } as Parameters<ReturnType<typeof work>['ask']>[0], part);
    expect(asking.schema).toBeUndefined();
    expect(asking.messages.map(({ role }) => role)).toEqual(['system', 'user', 'user', 'assistant', 'user']);
    expect(JSON.stringify(asking.messages[1])).toContain('The fare is 4.20 a day');
  });

  it('takes any reply, and none for none', () => {
    expect(work().judge(saying('4.20 a day.'), undefined, part)).toMatchObject({
      open: [],
      answer: { values: { reply: '4.20 a day.', pagesLookedAt: [1] }, fields: [{ path: '/reply', confidence: 0.9 }] },
    });
    expect(work().judge(saying('  '), undefined, part)).toMatchObject({
      open: part,
      answer: { values: { reply: null } },
    });
  });
});
