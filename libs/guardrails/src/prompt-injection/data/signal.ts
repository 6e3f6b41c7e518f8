/** What a phrase does to a reader that is a machine. */
export type SignalKind =
  'override' | 'persona' | 'demand' | 'addressee' | 'secrecy' | 'exfiltration' | 'markup' | 'prompt-theft' | 'summons';

/** A family of phrases. Patterns are for text in lower case, without accents; a space stands for any space. */
export interface Signal {
  readonly kind: SignalKind;
  readonly language: string;
  readonly pattern: string;
}
