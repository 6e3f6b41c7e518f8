import { Parser } from 'htmlparser2';

const unshown = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);
const lineEnding = new Set([
  ...['address', 'article', 'blockquote', 'br', 'dd', 'div', 'dl', 'dt', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['header', 'hr', 'li', 'ol', 'p', 'pre', 'section', 'table', 'tr', 'ul'],
]);
const cells = new Set(['td', 'th']);

/** The words of HTML in lines: a line for each block and row, cells apart from each other. */
export function textOfHtml(html: string): string {
  let text = '';
  let hidden = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (unshown.has(name)) hidden += 1;
      if (lineEnding.has(name)) text += '\n';
    },
    ontext(part) {
      if (hidden === 0) text += part.replace(/\s+/g, ' ');
    },
    onclosetag(name) {
      if (unshown.has(name)) hidden -= 1;
      if (lineEnding.has(name)) text += '\n';
      if (cells.has(name)) text += '   ';
    },
  });
  parser.end(html);
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
