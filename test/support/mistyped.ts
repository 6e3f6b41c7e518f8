/** The key with another last character than its own, whichever that is. */
export const mistyped = (key: string): string => key.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
