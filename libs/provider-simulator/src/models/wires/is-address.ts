/** Whether a picture is named by where it lies, and not by its bytes. */
export const isAddress = (url: string): boolean => /^https?:/.test(url);
