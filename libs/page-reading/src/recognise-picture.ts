import { createHash } from 'node:crypto';
import type { Tenant } from '@waybill/contracts';
import type { OcrEngine, PageRaster, ReadingCache, RecognisedPage } from '@waybill/document-layout';

/** For whom, and how, a picture is to be read. */
export interface PictureWish {
  readonly tenant: Tenant;
  readonly languages: readonly string[];
  readonly signal: AbortSignal;
}

export interface RecognisedPicture {
  readonly page: RecognisedPage;
  /** The same pixels were read before for this tenant, in the same way. */
  readonly cached: boolean;
  /** Under which it is cached; absent where it is not. */
  readonly key?: string;
}

/** The form of what is kept; another number makes all that was kept before unknown. */
const keptVersion = 1;

/** Reads pictures, none of them twice: what was read before, or is being read now, for the same tenant is taken. */
export class RecognisePicture {
  readonly #underWay = new Map<string, Promise<RecognisedPicture>>();

  constructor(
    readonly engine: Pick<OcrEngine, 'name' | 'version' | 'settings' | 'mostUsdPerPage' | 'processedIn' | 'recognise'>,
    private readonly cache: ReadingCache,
    /** Of the code that prepares pictures. */
    private readonly fingerprint: string,
  ) {}

  /** Rejects as the engine does. */
  async run(raster: PageRaster, wish: PictureWish): Promise<RecognisedPicture> {
    if (raster.digest === undefined) return { page: await this.#read(raster, wish), cached: false };
    const key = this.#keyOf(raster.digest, wish);
    const place = `${wish.tenant} ${key}`;
    const other = this.#underWay.get(place);
    if (!other) {
      const own = this.#findOrRead(raster, wish, key).finally(() => this.#underWay.delete(place));
      this.#underWay.set(place, own);
      return await own;
    }
    const read = await other.catch(() => undefined);
    wish.signal.throwIfAborted();
    // The other one may have been cancelled, or have died with its thread; that is no reason for this one.
    return read ? { ...read, cached: true } : await this.run(raster, wish);
  }

  async #findOrRead(raster: PageRaster, wish: PictureWish, key: string): Promise<RecognisedPicture> {
    const found = await this.cache.find(wish.tenant, key);
    if (found) return { page: found, cached: true, key };
    const page = await this.#read(raster, wish);
    await this.cache.keep(wish.tenant, key, page);
    return { page, cached: false, key };
  }

  #read(raster: PageRaster, { languages, signal }: PictureWish): Promise<RecognisedPage> {
    return this.engine.recognise(raster, { languages: [...languages], signal });
  }

  /** Everything that decides what is read: pixels, engine, version, settings, preparation, languages in order. */
  #keyOf(digest: string, { languages }: PictureWish): string {
    const { name, version, settings = '' } = this.engine;
    const decisive = JSON.stringify([keptVersion, digest, name, version, settings, this.fingerprint, languages]);
    return createHash('sha256').update(decisive).digest('hex');
  }
}
