import { z } from 'zod';
import { boxSchema } from './page-box.js';
import { pageRecognitionSchema } from './page-recognition.js';
import { textLayerReportSchema } from './text-layer-report.js';

const unit = z.number().min(0).max(1);
const wordIds = z.array(z.number().int().nonnegative());

/** A word's id is its index in `words`; words stand in reading order. */
export const wordSchema = z.object({ text: z.string(), box: boxSchema, confidence: unit });
export type Word = z.infer<typeof wordSchema>;

export const lineSchema = z.object({ text: z.string(), box: boxSchema, confidence: unit, words: wordIds });
export type Line = z.infer<typeof lineSchema>;

export const blockKinds = [
  'heading',
  'paragraph',
  'list-item',
  'table',
  'key-value',
  'header',
  'footer',
  'figure',
] as const;
/**
 * A block's lines are indexes into `lines`; a `table` block names its table by index. Blocks stand in reading order.
 * What is optional here and below is absent where it has no meaning, and in layouts from before it was found.
 */
export const blockSchema = z.object({
  kind: z.enum(blockKinds),
  box: boxSchema,
  confidence: unit,
  lines: z.array(z.number().int().nonnegative()),
  table: z.number().int().nonnegative().optional(),
  /** Of a heading: from 1, the largest, to 6. Of a list item: how deep it is nested, from 1. */
  level: z.number().int().min(1).max(6).optional(),
  /** How a list item opens: its mark as it stands there, and whether that counts (`3.`, `b)`) or not (`•`). */
  mark: z.object({ text: z.string(), counts: z.boolean() }).optional(),
  /** By index: the figure that a `figure` block is, or that any other block stands in. */
  figure: z.number().int().nonnegative().optional(),
});
export type Block = z.infer<typeof blockSchema>;

export const tableCellSchema = z.object({
  row: z.number().int().nonnegative(),
  column: z.number().int().nonnegative(),
  rowSpan: z.number().int().positive(),
  columnSpan: z.number().int().positive(),
  text: z.string(),
  box: boxSchema,
  /** That of its words; for an empty cell that of its table. */
  confidence: unit.optional(),
  words: wordIds,
});
export type TableCell = z.infer<typeof tableCellSchema>;

export const tableSchema = z.object({
  box: boxSchema,
  confidence: unit,
  rows: z.number().int().positive(),
  columns: z.number().int().positive(),
  /** How many rows at the top name the columns instead of holding values. */
  headRows: z.number().int().nonnegative().optional(),
  /** Whether the grid is drawn by rules or shows by gaps alone. */
  grid: z.enum(['drawn', 'gaps']).optional(),
  /** Cells tile the grid: every (row, column) is covered by exactly one cell. */
  cells: z.array(tableCellSchema),
});
export type Table = z.infer<typeof tableSchema>;

const phraseSchema = z.object({ text: z.string(), box: boxSchema, words: wordIds });
export const keyValueSchema = z.object({ key: phraseSchema, value: phraseSchema, confidence: unit });
export type KeyValue = z.infer<typeof keyValueSchema>;

/** `mixed`: the text layer's words, and those of the pictures on the page. `none`: nothing was there to be read. */
export const pageSources = ['ocr', 'text-layer', 'mixed', 'none'] as const;
export type PageSource = (typeof pageSources)[number];
/** A box for a cross: a drawn square, a sign such as `☐`, or `[x]`. `words` are those that are nothing but its mark. */
export const checkBoxSchema = z.object({
  state: z.enum(['checked', 'unchecked']),
  box: boxSchema,
  words: wordIds,
  /** What it stands for: the text beside it. */
  label: phraseSchema.optional(),
  confidence: unit,
});
export type CheckBox = z.infer<typeof checkBoxSchema>;

/** A region to be looked at rather than read; its box is where to crop the page's image. */
export const figureSchema = z.object({
  /** A `picture` is made of pixels (photo, logo, scan); a `drawing` of lines and areas (chart, diagram). */
  kind: z.enum(['picture', 'drawing']),
  box: boxSchema,
  confidence: unit,
});
export type Figure = z.infer<typeof figureSchema>;

/** One page as structured tokens. The document that `/layout` serves. */
export const pageLayoutSchema = z.object({
  version: z.literal(1),
  document: z.number().int().nonnegative(),
  page: z.number().int().positive(),
  /** Size of the displayed page in `unit`: pixels of an image, points (1/72 inch) of a PDF page. */
  width: z.number().positive(),
  height: z.number().positive(),
  unit: z.enum(['px', 'pt']),
  /** Dots per inch of the raster that was read; null where the file does not say and nothing was rendered. */
  dpi: z.number().positive().nullable(),
  /** Clockwise turn, in degrees, that brings the page's text upright. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** Remaining slant of the text lines after `rotation`, in degrees, clockwise positive. */
  skewDegrees: z.number(),
  source: z.enum(pageSources),
  engine: z.object({ name: z.string(), version: z.string() }),
  languages: z.array(z.string()),
  words: z.array(wordSchema),
  lines: z.array(lineSchema),
  blocks: z.array(blockSchema),
  tables: z.array(tableSchema),
  keyValues: z.array(keyValueSchema),
  /** Of PDF pages: whether their own text was believed, and what was wrong with it. */
  textLayer: textLayerReportSchema.optional(),
  /** Where an engine took part. */
  recognition: pageRecognitionSchema.optional(),
  checkBoxes: z.array(checkBoxSchema).optional(),
  figures: z.array(figureSchema).optional(),
  /** Sentences about what a reader should doubt, for example a reading that was retried. */
  remarks: z.array(z.string()),
});
export type PageLayout = z.infer<typeof pageLayoutSchema>;

/** A block that is repeated from page to page, or a page number. `page` counts from 1 in the document. */
export const runningBlockSchema = z.object({
  page: z.number().int().positive(),
  block: z.number().int().nonnegative(),
  kind: z.enum(['header', 'footer', 'page-number']),
  /** The page number as it is printed. */
  label: z.string().optional(),
});
export type RunningBlock = z.infer<typeof runningBlockSchema>;

/** A table that goes on over pages: its parts in order, each a table of its page by index. */
export const continuedTableSchema = z.object({
  parts: z
    .array(
      z.object({
        page: z.number().int().positive(),
        table: z.number().int().nonnegative(),
        /** Rows at its top that only repeat the head of the first part. */
        repeatedRows: z.number().int().nonnegative(),
      }),
    )
    .min(2),
  confidence: unit,
});
export type ContinuedTable = z.infer<typeof continuedTableSchema>;

/** What only shows when the pages of one document are looked at together. */
export const documentStructureSchema = z.object({
  document: z.number().int().nonnegative(),
  running: z.array(runningBlockSchema),
  continuedTables: z.array(continuedTableSchema),
});
export type DocumentStructure = z.infer<typeof documentStructureSchema>;
