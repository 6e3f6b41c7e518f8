import type { Box, PageRecognition, PageSource, TextLayerReport } from '@waybill/contracts';

/** A word as an engine or a text layer gave it, in any order. */
export interface RawWord {
  text: string;
  /** `[x0, y0, x1, y1]` in pixels or points of the page as displayed, origin top left. */
  box: Box;
  /** 0..1; 1 for a text layer. */
  confidence: number;
}

/** A ruled line on the page, horizontal or vertical, from end to end; its thickness does not matter. */
export interface RuleLine {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** A small square drawn on the page, as forms have for crosses. */
export interface DrawnSquare {
  /** In the units of the words. */
  box: Box;
  /** Whether anything stands in it. */
  ink: 'empty' | 'marked';
}

/** A region of the page that shows something instead of saying it. */
export interface PictureArea {
  /** In the units of the words. */
  box: Box;
  /** Made of pixels, or of lines and areas. */
  kind: 'picture' | 'drawing';
  /** How sure its finder is, 0..1. */
  certainty: number;
}

/** What reading one page gave, before any layout: words where they stand on the page as displayed. */
export interface PageReading {
  /** Position of the document in its submission, from 0. */
  document: number;
  /** Position of the page in its document, from 1. */
  page: number;
  /** Size of the displayed page in `unit`. */
  width: number;
  height: number;
  unit: 'px' | 'pt';
  dpi: number | null;
  /** Clockwise turn, in degrees, that brings the text upright. */
  rotation: 0 | 90 | 180 | 270;
  /** Slant of the text lines after `rotation`, in degrees, clockwise positive. */
  skewDegrees: number;
  source: PageSource;
  engine: { name: string; version: string };
  languages: string[];
  words: RawWord[];
  /** Ruled lines on the displayed page, in the units of the words. */
  rules?: RuleLine[];
  /** Of PDF pages: what their text layer was worth. */
  textLayer?: TextLayerReport;
  /** Where an engine took part. */
  recognition?: PageRecognition;
  /** Squares and pictures on the displayed page, where the reader looks for them. */
  squares?: DrawnSquare[];
  pictures?: PictureArea[];
  remarks: string[];
}
