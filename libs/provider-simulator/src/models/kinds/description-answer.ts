import { misread, type KindAnswer } from './kind-answer.js';
import { pagesNamed } from './seen-document.js';

const shownTexts = 3;

/** `describe`: what the words of each page tell. Nobody looks at the picture. */
export const descriptionAnswer: KindAnswer = {
  properties: ['descriptions'],
  answer({ lines, wish, mistaken }) {
    const descriptions = pagesNamed(wish).map((page) => {
      const own = lines.filter((line) => line.page === page);
      const printed = own.slice(0, shownTexts).map(({ text }) => (mistaken(`/${page}`) ? misread(text) : text));
      const said = own.length === 0 ? 'without words that could be read' : `with ${own.length} lines of text`;
      const ends = own.length > 1 ? ` It begins with “${own[0]?.text}” and ends with “${own.at(-1)?.text}”.` : '';
      return { page, description: `A simulated look at page ${page}, ${said}.${ends}`, printed };
    });
    return { descriptions };
  },
};
