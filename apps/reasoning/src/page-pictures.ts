import type { Box, PageRead } from '@waybill/contracts';
import type { DocumentStore } from '@waybill/jobs';
import { usefulSize, type Candidate, type ImagePart, type WantedPicture } from '@waybill/llm-routing';

/** A JPEG and its size in pixels. */
export interface ScaledPicture {
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Cuts and shrinks a picture, and gives it as JPEG. */
export type ScalePicture = (
  bytes: Uint8Array,
  wish: { readonly region?: WantedPicture['region']; readonly edgePx: number; readonly cover?: readonly Box[] },
) => Promise<ScaledPicture>;

/** What is to be covered on a page for a provider; it is told of every picture that was. */
export interface PictureCovers {
  boxesOn(page: PageRead, provider: string): readonly Box[];
  covered(page: PageRead, part: ImagePart): void;
}

/** Pictures of pages for models, no larger than the model that is asked makes use of. */
export class PagePictures {
  constructor(
    private readonly store: DocumentStore,
    private readonly scale: ScalePicture,
    private readonly covers: PictureCovers,
  ) {}

  /**
   * In the order wanted; one after the other, because a picture's pixels take far more room than its bytes. Rejects with
   * a `StageError`.
   */
  async fetch(wanted: readonly WantedPicture[], { card, form }: Candidate): Promise<ImagePart[]> {
    const parts: ImagePart[] = [];
    for (const { page, region, facts } of wanted) {
      if (!page.image) continue;
      const useful = usefulSize(card, facts, form.detail);
      const edgePx = Math.max(useful.widthPx, useful.heightPx);
      const stored = await this.store.read(page.image);
      const cover = this.covers.boxesOn(page, card.provider);
      const { bytes, widthPx, heightPx } = await this.scale(stored, { ...(region ? { region } : {}), edgePx, cover });
      const shows = { page: page.page, widthPx, heightPx };
      const part: ImagePart = { type: 'image', mediaType: 'image/jpeg', source: { bytes }, detail: form.detail, shows };
      this.covers.covered(page, part);
      parts.push(part);
    }
    return parts;
  }
}
