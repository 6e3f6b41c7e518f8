/** A provider waits so long for somebody's server. */
const timeoutMs = 10_000;

/** Fetches the pictures of a call, as a provider does before its model sees them. @returns the first that is none */
export async function pictureNotFetched(urls: readonly string[]): Promise<string | undefined> {
  const wereFetched = await Promise.all(urls.map(isPicture));
  return urls.find((_url, at) => !wereFetched[at]);
}

async function isPicture(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    const type = answer.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await answer.arrayBuffer());
    return answer.ok && type.startsWith('image/') && isKnownPicture(bytes);
  } catch {
    return false;
  }
}

/** JPEG, PNG, GIF or WebP, by the first bytes. */
const isKnownPicture = (bytes: Buffer): boolean =>
  /^(\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP)/s.test(bytes.subarray(0, 12).toString('latin1'));
