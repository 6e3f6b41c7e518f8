/** From these sizes on, as multiples of the running text's. */
const titleSize = 1.7;
const chapterSize = 1.4;
export const headingSize = 1.28;

/**
 * The level of a heading, 1 to 6: by the depth of its number (`2.1` stands below `2`), otherwise by its size. Fixed
 * steps, so that headings of one look have one level on all pages of a document.
 */
export function headingLevel(text: string, relativeSize: number): number {
  const number = /^(\d{1,2}(?:\.\d{1,2})*)\.?\s/.exec(text)?.[1];
  if (number) return Math.min(6, 1 + number.split('.').length);
  if (relativeSize >= titleSize) return 1;
  return relativeSize >= chapterSize ? 2 : 3;
}
