import { createHash } from 'node:crypto';
import type { PageLayout, Tenant } from '@waybill/contracts';
import { layOutPage } from '@waybill/document-layout';
import { readDecodedPage, type ReadingTools } from '@waybill/page-reading';

/** A picture of a chat. */
export interface ChatPicture {
  readonly tenant: Tenant;
  readonly bytes: Uint8Array;
  /** By its bytes, not by what the client says. */
  readonly mediaType: string;
}

/**
 * Reads the words of pictures as the ocr service reads those of pages, with an engine of this machine whatever that
 * service uses: what must not leave unread does not leave to be read. Nothing is kept. Holds threads until it is closed.
 */
export class PictureReader {
  constructor(
    private readonly tools: ReadingTools,
    private readonly languages: readonly string[],
  ) {}

  /** Its words with their boxes on the upright picture. Rejects with a `StageError` for what cannot be decoded or read. */
  async read({ tenant, bytes, mediaType }: ChatPicture, signal: AbortSignal): Promise<PageLayout> {
    const { decoder, pictures } = this.tools;
    const document = { sha256: createHash('sha256').update(bytes).digest('hex'), mediaType, bytes };
    const decoded = await decoder.decodePage(document, 1, signal);
    const wish = { tenant, languages: this.languages, signal };
    const { reading } = await readDecodedPage(decoded, { document: 0, page: 1 }, { pictures, wish });
    return layOutPage(reading);
  }

  async close(): Promise<void> {
    await this.tools.close();
  }
}
