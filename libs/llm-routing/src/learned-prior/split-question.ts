/** A prompt taken apart: what is asked, and the options when it is a choice. */
export interface SplitQuestion {
  readonly question: string;
  readonly options: readonly string[];
}

const optionLine = /^[ \t]*\(?([A-J])[.):][ \t]+(.*)$/gm;
const answerCue = 'Answer:';
/** More options than this are a list of something else; the rest of them is not looked at. */
const mostOptions = 10;

/** Options are lines that begin with a letter and a mark, at least two of them: "A. …", "(B) …". */
export function splitQuestion(text: string): SplitQuestion {
  const trimmed = text.trimEnd();
  const asked = trimmed.endsWith(answerCue) ? trimmed.slice(0, -answerCue.length) : text;
  const found = [...asked.matchAll(optionLine)];
  if (found.length < 2) return { question: asked, options: [] };
  return {
    question: asked.slice(0, found[0]?.index),
    options: found.slice(0, mostOptions).map((match) => match[2] ?? ''),
  };
}
