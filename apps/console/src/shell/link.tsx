import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { go, hrefOf } from './location.js';

/** A link within the console; with a modifier key the browser does what it always does. */
export function Link({ to, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={hrefOf(to)} onClick={follow} />;
}
