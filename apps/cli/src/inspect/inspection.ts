import type {
  Difficulty,
  DocumentKind,
  ExtractedField,
  Failure,
  PageClassification,
  PageLayout,
  StageTimes,
} from '@waybill/contracts';
import type { OverlayImage } from '@waybill/document-layout';

/** Where a page stands. */
export interface PagePlace {
  /** From 1 over all documents of the file. */
  readonly number: number;
  /** From 1 in its document. */
  readonly page: number;
}

export interface ReadPage extends PagePlace {
  readonly status: 'read';
  readonly layout: PageLayout;
  readonly classification?: PageClassification;
  readonly difficulty?: Difficulty;
  /** Absent where nothing can be shown. */
  readonly picture?: OverlayImage;
  /** Milliseconds by step. */
  readonly times: StageTimes;
}

export interface FailedPage extends PagePlace {
  readonly status: 'failed';
  readonly failure: Failure;
}

export type InspectedPage = ReadPage | FailedPage;

/** A document of a file: the file itself, or one that was found in it. */
export interface InspectedDocument {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly kind: DocumentKind;
  readonly pages: readonly InspectedPage[];
  /** Of the task on the document. */
  readonly difficulty?: Difficulty;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly fields: readonly ExtractedField[];
  /** Why nothing of it was read. */
  readonly failure?: Failure;
}

/** A file, read and answered on this machine. */
export interface InspectedFile {
  readonly path: string;
  readonly name: string;
  readonly documents: readonly InspectedDocument[];
  readonly durationMs: number;
}

/** The fields that stand on a page. */
export const fieldsOn = ({ fields }: Pick<InspectedDocument, 'fields'>, page: number): ExtractedField[] =>
  fields.filter((field) => field.page === page);
