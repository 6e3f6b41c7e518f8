import { describe, expect, it } from '@jest/globals';
import { pageOf, said, seenAs, subjectOf } from '../testing/pages-of.js';
import { describeKind } from './describe-kind.js';

const photo = pageOf(1, [], seenAs('photo', 0.9));
const slip = pageOf(2, ['Quellmark Stores Ltd', 'TOTAL 3.00', 'thank you']);
const blank = pageOf(3, [], seenAs('blank', 0.99));
const subject = subjectOf({ kind: 'describe' } as const, [photo, slip, blank]);
const pages = describeKind.pagesOf!(subject);
const work = () => describeKind.work({ ...subject, pages });
const parts = ['/page/1', '/page/2'];

const street = { page: 1, description: 'A street at night, wet from rain.', printed: [] };
const receipt = { page: 2, description: 'A receipt of a store.', printed: ['Quellmark Stores Ltd', 'TOTAL 3.00'] };

describe('describe', () => {
  it('asks about every page that is not blank, or about those that are named', () => {
    expect(work().parts).toEqual(parts);
    const named = { ...subject, task: { kind: 'describe' as const, pages: [2] } };
    expect(describeKind.pagesOf!(named)).toEqual([slip]);
  });

  it('shows pictures, and no cut-outs', () => {
    const forms = work().forms(parts);
    expect(forms.map(({ name, pictures }) => [name, pictures.length])).toEqual([
      ['page-low', 2],
      ['page-high', 2],
    ]);
  });

  it('describes a page without a picture from its words', () => {
    const { image: _image, ...read } = slip.read;
    const bare = { ...subject, pages: [{ ...slip, read }] };
    expect(
      describeKind
        .work(bare)
        .forms(['/page/2'])
        .map(({ name }) => name),
    ).toEqual(['layout']);
  });

  it('says where what is printed stands', () => {
    const judged = work().judge(said({ descriptions: [receipt, street] }), undefined, parts);
    expect(judged.open).toEqual([]);
    expect(judged.answer.values).toEqual({ descriptions: [street, receipt] });
    const total = judged.answer.fields.find(({ value }) => value === 'TOTAL 3.00');
    expect(total).toMatchObject({ path: '/descriptions/1/printed/1', page: 2, grounded: true });
    expect(total?.boxes).toHaveLength(2);
  });

  it('asks again for the page that was left out, and keeps the other', () => {
    const first = work().judge(said({ descriptions: [street] }), undefined, parts);
    expect(first.open).toEqual(['/page/2']);
    const second = work().judge(said({ descriptions: [{ ...receipt, page: 7 }] }), first.answer, first.open);
    expect(second.open).toEqual([]);
    expect(second.answer.values.descriptions).toEqual([street, receipt]);
  });

  it('doubts who reads what is not printed, but not where nobody could read', () => {
    const invented = { ...receipt, printed: ['Quellmark Stores Ltd', 'Visa 1234', 'Table 7'] };
    const judged = work().judge(
      said({ descriptions: [{ ...street, printed: ['HOTEL'] }, invented] }),
      undefined,
      parts,
    );
    expect(judged.open).toEqual(['/page/2']);
    expect(judged.answer.fields.find(({ value }) => value === 'Visa 1234')).toMatchObject({ grounded: false });
  });
});
