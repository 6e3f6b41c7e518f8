const mostCharacters = 20_000;

/** A payload (base64) to be read: JSON set out in lines, anything else as it is, long ones cut. */
export function payloadText(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const text = new TextDecoder().decode(bytes);
  const shown = setOut(text);
  return shown.length > mostCharacters ? `${shown.slice(0, mostCharacters)}\n… cut` : shown;
}

function setOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
