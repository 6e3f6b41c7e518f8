import type { ModelSimulator } from '@waybill/provider-simulator';
import sharp from 'sharp';

/** A picture as a provider received it. */
export interface SentPicture {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** 0 black, 255 white. */
  readonly brightness: number;
  readonly detail?: string;
}

type Json = Readonly<Record<string, unknown>>;

/** The pictures in a request's body, whichever API it came through, decoded. Rejects where one is only an address. */
export async function sentPictures(request: ModelSimulator['requests'][number]): Promise<SentPicture[]> {
  return await Promise.all(picturesIn(request.body).map(decoded));
}

interface Found {
  readonly base64: string;
  readonly detail?: string;
}

function picturesIn(node: unknown): Found[] {
  if (Array.isArray(node)) return node.flatMap(picturesIn);
  if (typeof node !== 'object' || node === null) return [];
  const {
    inlineData,
    source,
    image_url: address,
    detail,
    type,
  } = node as Json & {
    inlineData?: { data: string };
    source?: { type: string; data?: string };
  };
  if (inlineData) return [{ base64: inlineData.data }];
  if (type === 'image' && source) return [{ base64: inline(source.data) }];
  if (typeof address === 'string') return [{ base64: inline(address), detail: detail as string }];
  if (typeof address === 'object' && address !== null) {
    const { url, detail: own } = address as { url: string; detail?: string };
    return [{ base64: inline(url), ...(own ? { detail: own } : {}) }];
  }
  return Object.values(node).flatMap(picturesIn);
}

function inline(data: string | undefined): string {
  if (data === undefined || /^https?:/.test(data)) throw new Error('A picture was sent as an address.');
  return data.replace(/^data:[^,]*,/, '');
}

async function decoded({ base64, detail }: Found): Promise<SentPicture> {
  const bytes = Buffer.from(base64, 'base64');
  const { width, height } = await sharp(bytes).metadata();
  const { channels } = await sharp(bytes).stats();
  const brightness = channels[0]?.mean ?? 0;
  return { width, height, bytes: bytes.byteLength, brightness, ...(detail === undefined ? {} : { detail }) };
}
