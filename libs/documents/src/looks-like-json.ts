import { encodingOf } from './formats/text/decode-text.js';

/** A text is parsed to tell JSON up to this size, and down to this depth; beyond, it is judged by its looks. */
const parsedBytes = 1_048_576;
const parsedDepth = 500;

/** Whether a text is JSON, or would be if it were not damaged. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1').trim();
  const isEnclosed = (text.startsWith('{') && text.endsWith('}')) || (text.startsWith('[') && text.endsWith(']'));
  if (!isEnclosed || !/^[[{]\s*(["[\]{}\d-]|true|false|null)/.test(text)) return false;
  if (encodingOf(bytes) !== 'utf-8' || bytes.length > parsedBytes || depthOf(text) > parsedDepth) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '[' || character === '{') deepest = Math.max(deepest, (depth += 1));
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}
