/** What the end of a text may be the beginning of; placeholders are made of nothing else. */
const tailMarks = /[[\]\w ~]*$/;
const fillers = /(?: ?~)* ?$/;
const behindName = /^\]?(?: ?~)* ?$/;

/**
 * Puts values back into a text that comes in pieces. What may be the beginning of a placeholder is kept until more is known,
 * so all that is given out is what the whole text would have been restored to.
 */
export class PieceRestorer {
  private kept = '';
  /** Stands for what was given out last: a placeholder's name counts only where no word runs into it. */
  private before: ' ' | '_' = ' ';
  private readonly longest: number;

  /** @param names of placeholders in capitals, without brackets. @param restore puts all values back into a text */
  constructor(
    private readonly names: readonly string[],
    private readonly restore: (text: string) => string,
  ) {
    this.longest = names.reduce((most, { length }) => Math.max(most, length), 0);
  }

  /** @returns what can be said by now */
  push(piece: string): string {
    const text = this.kept + piece;
    const end = this.endOfSure(text);
    this.kept = text.slice(end);
    return this.give(text.slice(0, end));
  }

  /** @returns what was kept */
  end(): string {
    const { kept } = this;
    this.kept = '';
    return this.give(kept);
  }

  private give(text: string): string {
    if (text === '') return '';
    const restored = this.restore(this.before + text).slice(1);
    this.before = /\w$/.test(text) ? '_' : ' ';
    return restored;
  }

  private endOfSure(text: string): number {
    const tail = tailMarks.exec(text)?.[0] ?? '';
    const core = tail.length - (fillers.exec(tail)?.[0].length ?? 0);
    for (let at = Math.max(0, core - this.longest - 2); at < tail.length; at += 1) {
      const place = text.length - tail.length + at;
      if (!this.isInWord(text, place) && this.mayBegin(tail.slice(at))) return place;
    }
    return text.length;
  }

  private isInWord(text: string, at: number): boolean {
    return /\w/.test(text.charAt(at)) && /\w/.test(text.charAt(at - 1) || this.before);
  }

  private mayBegin(tail: string): boolean {
    const said = (tail.startsWith('[') ? tail.slice(1) : tail).toUpperCase();
    return this.names.some(
      (name) => name.startsWith(said) || (said.startsWith(name) && behindName.test(said.slice(name.length))),
    );
  }
}
