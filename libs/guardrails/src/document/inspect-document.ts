import type { Box, PageLayout } from '@waybill/contracts';
import type { Finding, GrayPicture, GuardSubject, PageCode } from '../guardrail.js';
import { guardrails } from '../registry.js';
import { TextView } from '../text/text-view.js';

/** A page as guardrails see it. */
export interface InspectedPage {
  readonly page: number;
  readonly layout: PageLayout | undefined;
  readonly codes?: readonly PageCode[];
  readonly picture?: GrayPicture;
}

/** A finding with its place in the document. */
export interface DocumentFinding extends Finding {
  /** Absent for what the client says. */
  readonly page?: number;
  readonly words?: readonly number[];
  /** The value, which leaves nothing but this process. */
  readonly value: string;
}

/** Pages and the client's words, looked at by the guardrails that the policy names. */
export function inspectDocument(
  pages: readonly InspectedPage[],
  said: readonly string[],
  wanted: ReadonlySet<string>,
): DocumentFinding[] {
  const working = guardrails.filter(({ id }) => wanted.has(id));
  const look = (subject: GuardSubject, page: number | undefined) =>
    working.flatMap((guardrail) => guardrail.inspect(subject).flatMap((finding) => placed(finding, subject, page)));
  return [
    ...pages.flatMap(({ page, layout, codes = [], picture }) => {
      const view = layout ? TextView.ofLayout(layout) : TextView.ofText('');
      const ofPage = look({ view, codes, ...(layout ? { layout } : {}), ...(picture ? { picture } : {}) }, page);
      return [...ofPage, ...codes.flatMap((code) => inCode(code, page, look))];
    }),
    ...said.flatMap((text) =>
      look({ view: TextView.ofText(text) }, undefined).filter(({ guardrail }) => guardrail !== 'prompt-injection'),
    ),
  ];
}

/** Personal values and secrets in a code are covered with the whole code. */
function inCode(
  { text, box }: PageCode,
  page: number,
  look: (subject: GuardSubject, page: number | undefined) => DocumentFinding[],
): DocumentFinding[] {
  return look({ view: TextView.ofText(text) }, page)
    .filter(({ guardrail }) => guardrail === 'personal-data' || guardrail === 'secrets')
    .map((finding) => ({ ...finding, boxes: [box] }));
}

function placed(finding: Finding, { view }: GuardSubject, page: number | undefined): DocumentFinding[] {
  const where = page === undefined ? {} : { page };
  if (!finding.span) return [{ ...finding, ...where, value: finding.text ?? '' }];
  const { words, boxes } = view.wordsOf(finding.span);
  const value = view.text.slice(finding.span.start, finding.span.end).trim();
  const own: readonly Box[] = finding.boxes ?? boxes;
  return value === '' ? [] : [{ ...finding, ...where, value, words, boxes: own }];
}
