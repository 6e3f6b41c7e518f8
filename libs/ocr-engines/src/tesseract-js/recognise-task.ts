import type { PageRaster } from '@waybill/document-layout';

/** A language and the folder that holds its `<code>.traineddata.gz`. */
export interface LanguageData {
  readonly code: string;
  readonly folder: string;
}

/** What a recognising thread is asked. */
export interface RecogniseTask {
  readonly image: PageRaster;
  readonly languages: readonly LanguageData[];
}
