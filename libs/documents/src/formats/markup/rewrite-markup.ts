import { Parser } from 'htmlparser2';

/** Which parts of a markup stay, in what words. Names are as written in XML, and lower case in HTML. */
export interface MarkupRules {
  /** Elements that go, with all that is in them. */
  drops(element: string): boolean;
  /** An attribute's new value, or undefined where it goes. */
  keep(element: string, attribute: string, value: string): string | undefined;
  /** The text of an element. */
  text(element: string, text: string): string;
}

const voidElements = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'wbr']);

/** Markup written anew from what was understood of the old one: no comments, no declarations, no entities. */
export function rewriteMarkup(markup: string, mode: 'xml' | 'html', rules: MarkupRules): string {
  const written: string[] = [];
  const path: string[] = [];
  let dropped = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (dropped > 0 || rules.drops(name)) {
          dropped += 1;
          return;
        }
        path.push(name);
        const kept = Object.entries(attributes).flatMap(([attribute, value]) => {
          const text = rules.keep(name, attribute, value);
          return text === undefined ? [] : ` ${attribute}="${escapeMarkup(text)}"`;
        });
        written.push(`<${name}${kept.join('')}>`);
      },
      ontext(text) {
        if (dropped === 0) written.push(escapeMarkup(rules.text(path.at(-1) ?? '', text)));
      },
      onclosetag(name) {
        if (dropped > 0) {
          dropped -= 1;
          return;
        }
        path.pop();
        if (mode === 'xml' || !voidElements.has(name)) written.push(`</${name}>`);
      },
    },
    { xmlMode: mode === 'xml', decodeEntities: true },
  );
  parser.end(markup);
  return written.join('');
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeMarkup = (text: string): string =>
  text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (each) => escapes[each] ?? '');
