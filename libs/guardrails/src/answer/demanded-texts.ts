const quoted = /["“„«‘'`]([^"”“»’'`\n]{1,200})["”“»’'`]/gu;
const said =
  /(?:respond|reply|answer|output|print|write|say|return|state|word|phrase|text|antworte\w*|schreibe?|repon\w+|responde\w*|rispond\w+)\b(?: only| exactly| just| simply| nur| solo| uniquement)*(?: with| mit| con| par| avec| that| the word)? ?:? ?([^\s"“„«'.!\n][^."“”\n!]{0,80})/giu;
const shout = /(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\d_-]{3,}(?![\p{L}\p{N}])/gu;
const account = /[A-Z]{2}\d{2}[A-Z0-9 ]{11,32}|[\w.+-]+@[\w-]+\.[\w.]+|https?:\/\/\S+/g;

/** Texts that an order asks to be said: quoted, after "reply with", in capitals, accounts and addresses. Lower case. */
export function demandedTexts(order: string): string[] {
  const found = [
    ...[...order.matchAll(quoted)].map(([, text]) => text),
    ...[...order.matchAll(said)].map(([, text]) => text),
    ...[...order.matchAll(shout)].map(([text]) => text),
    ...[...order.matchAll(account)].map(([text]) => text),
  ];
  return [...new Set(found.flatMap((text) => (text ? [text.trim().toLowerCase()] : [])))].filter(
    (text) => text.length >= 2,
  );
}
