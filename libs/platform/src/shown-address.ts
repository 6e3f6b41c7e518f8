/** A web address for people: what follows the path may carry secrets, and so may what stands before the host. */
export const shownAddress = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`;
