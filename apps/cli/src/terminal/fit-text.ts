/** The text in at most `width` characters; what is cut off is marked by an ellipsis. */
export const fitText = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
