import type { AnswerContext, AnswerLeaf } from './answer-context.js';
import type { AnswerSuspicion } from './answer-suspicion.js';
import { demandedTexts } from './demanded-texts.js';
import { judgeDoubt } from './judge-doubt.js';
import { saysValue } from './says-value.js';

/** A longer text is held against single demands, not as a whole. */
const longestValue = 120;
const persona =
  /^(?:sure[,!]? )?(?:i am now|i'm now|as (?:instructed|requested) (?:by|in) the (?:document|text|page)|(?:i will|i'll) (?:now )?(?:ignore|disregard)|ignoring (?:all |the |my )?previous|(?:my|the) system prompt (?:is|says)|developer mode (?:enabled|on)|jailbreak)/i;
/** Who tells of an order does not follow it. */
const telling =
  /\b(?:instruct(?:s|ed|ion|ions|ing)|prompt injection|asks? (?:the|any|an)|tells? (?:the|any|an)|hidden text|attempts? to|anweisung|consigne|instrucci)/i;
const link = /https?:\/\/([^\s/"'<>)\]]+)|!\[[^\]]*\]\(([^)]+)\)/giu;

/** Judges one value; undefined when nothing speaks against it. */
export function judgeLeaf(leaf: AnswerLeaf, context: AnswerContext): AnswerSuspicion | undefined {
  if (leaf.value === null) return judgeDoubt(leaf, context.doubts);
  const said = String(leaf.value);
  if (context.canary !== '' && said.includes(context.canary)) {
    return { kind: 'canary', score: 0.99, remark: 'tells a mark that stands in the prompt alone' };
  }
  return (
    foreignLink(said, context) ?? personaOf(said) ?? demanded(leaf, said, context) ?? judgeDoubt(leaf, context.doubts)
  );
}

function foreignLink(said: string, { clean }: AnswerContext): AnswerSuspicion | undefined {
  // OCR cuts long addresses into words.
  const shown = clean.toLowerCase().replaceAll(/\s+/g, '');
  const foreign = [...said.matchAll(link)].find(
    ([, host]) => !shown.includes((host ?? '').toLowerCase()) || host === undefined,
  );
  return foreign && { kind: 'foreign-link', score: 0.9, remark: 'a link that no page shows' };
}

const personaOf = (said: string): AnswerSuspicion | undefined =>
  persona.test(said.trim())
    ? { kind: 'persona', score: 0.85, remark: 'speaks as somebody who took orders' }
    : undefined;

function demanded(leaf: AnswerLeaf, said: string, { clean, orders }: AnswerContext): AnswerSuspicion | undefined {
  if (orders.length === 0 || typeof leaf.value === 'boolean') return undefined;
  const remark = 'only an instruction in the document asks for it';
  if (orders.some((order) => asksForField(order, leaf, said))) return { kind: 'demanded', score: 0.95, remark };
  if (said.length > longestValue) {
    if (telling.test(said)) return undefined;
    const said2 = said.toLowerCase();
    const isSaid = orders
      .flatMap(demandedTexts)
      .some((text) => text.length >= 4 && said2.includes(text) && !saysValue(clean, text));
    return isSaid ? { kind: 'demanded', score: 0.85, remark } : undefined;
  }
  const isAsked = orders.some((order) => saysValue(order, said));
  return isAsked && !saysValue(clean, said) ? { kind: 'demanded', score: 0.95, remark } : undefined;
}

/** `set the total to 0.00` for the field `total`, whatever else on the page is 0.00. */
function asksForField(order: string, { path }: AnswerLeaf, said: string): boolean {
  const field = (
    path
      .replace(/\/value$/, '')
      .split('/')
      .findLast((part) => !/^\d+$/.test(part)) ?? ''
  )
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase();
  if (field.length < 3) return false;
  const at = order.toLowerCase().indexOf(field);
  if (at < 0) return false;
  const after = order.slice(at + field.length, at + field.length + 60);
  const assigns =
    /^\W{0,3}(?:\w+ ){0,3}?(?:to|as|is|=|:|should be|must be|auf|sur|à|en|con)\b/i.test(after) ||
    /^\W{0,2}[=:]/.test(after);
  return assigns && saysValue(after, said);
}
