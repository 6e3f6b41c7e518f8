import { pageLayoutSchema, type JobId, type PageLayout, type PageRead } from '@waybill/contracts';
import { digestPage, type PageDigest, structureDocuments } from '@waybill/document-layout';
import type { DocumentStore } from '@waybill/jobs';

/** Layouts as ocr has stored them. */
export class LayoutReader {
  constructor(private readonly store: DocumentStore) {}

  /** @throws StageError `document-not-found` when the store no longer has it */
  async one(page: PageRead): Promise<PageLayout> {
    return pageLayoutSchema.parse(JSON.parse(await this.text(page)));
  }

  async all(pages: readonly PageRead[]): Promise<PageLayout[]> {
    const layouts: PageLayout[] = [];
    for (const page of pages) layouts.push(await this.one(page));
    return layouts;
  }

  /**
   * A `LayoutView` as JSON text, a page at a time and as it is stored; of the pages before it only digests are kept. The
   * first page is read before this resolves, so that a missing layout is still a refusal and not a broken answer.
   */
  async json(id: JobId, pages: readonly PageRead[]): Promise<AsyncIterable<string>> {
    const [first, ...rest] = pages;
    return this.pieces(id, first ? await this.text(first) : '', rest);
  }

  private async *pieces(id: JobId, first: string, rest: readonly PageRead[]): AsyncGenerator<string> {
    const digests: PageDigest[] = first === '' ? [] : [digestOf(first)];
    yield `{"id":${JSON.stringify(id)},"pages":[${first}`;
    for (const page of rest) {
      const text = await this.text(page);
      digests.push(digestOf(text));
      yield `,${text}`;
    }
    yield `],"documents":${JSON.stringify(structureDocuments(digests))}}`;
  }

  private async text(page: PageRead): Promise<string> {
    return Buffer.from(await this.store.read(page.layout)).toString();
  }
}

const digestOf = (text: string): PageDigest => digestPage(JSON.parse(text) as PageLayout);
