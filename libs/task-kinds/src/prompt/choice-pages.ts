import type { ReadPage } from '@waybill/llm-routing';

/** The pages that the client means; all of them when it names none. */
export const choicePages = (pages: readonly ReadPage[], wanted: readonly number[] | undefined): readonly ReadPage[] =>
  wanted ? pages.filter(({ read }) => wanted.includes(read.page)) : pages;
