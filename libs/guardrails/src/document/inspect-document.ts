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

type Look = (subject: GuardSubject) => DocumentFinding[];

const lookWith =
  (wanted: ReadonlySet<string>, page: number | undefined): Look =>
  (subject) =>
    guardrails
      .filter(({ id }) => wanted.has(id))
      .flatMap((guardrail) => guardrail.inspect(subject).flatMap((finding) => placed(finding, subject, page)));

/** A page, looked at by the guardrails that are wanted. */
export function inspectPage(
  { page, layout, codes = [], picture }: InspectedPage,
  wanted: ReadonlySet<string>,
): DocumentFinding[] {
  const look = lookWith(wanted, page);
  const view = layout ? TextView.ofLayout(layout) : TextView.ofText('');
  const found = look({ view, codes, ...(layout ? { layout } : {}), ...(picture ? { picture } : {}) });
  return [...found, ...codes.flatMap((code) => inCode(code, look))];
}

/** A text that is no page's, with all that is wanted. */
export const inspectText = (text: string, wanted: ReadonlySet<string>): DocumentFinding[] =>
  lookWith(wanted, undefined)({ view: TextView.ofText(text) });

/** What the client says in the task. Its instructions are meant to be followed. */
export function inspectSaid(said: readonly string[], wanted: ReadonlySet<string>): DocumentFinding[] {
  const others = new Set([...wanted].filter((id) => id !== 'prompt-injection'));
  return said.flatMap((text) => inspectText(text, others));
}

/** Personal values and secrets in a code are covered with the whole code. */
function inCode({ text, box }: PageCode, look: Look): DocumentFinding[] {
  return look({ view: TextView.ofText(text) })
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
