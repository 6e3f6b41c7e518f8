import { useEffect, useRef } from 'react';
import { go } from './location.js';

const places: Readonly<Record<string, string>> = {
  o: '/',
  j: '/jobs',
  s: '/submit',
  u: '/usage',
  r: '/routing',
  d: '/dead-letters',
};

const keys = [
  ['g o', 'Overview'],
  ['g j', 'Jobs'],
  ['g s', 'Submit'],
  ['g u', 'Usage'],
  ['g r', 'Routing'],
  ['g d', 'Dead letters'],
  ['n / p', 'Next and previous page of a document'],
  ['+ / −', 'Larger and smaller page'],
  ['w b t f h', 'Boxes of words, blocks, tables, fields, what guardrails hid'],
  ['?', 'These keys'],
] as const;

export const isTyping = (event: KeyboardEvent): boolean =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  (event.target instanceof Element && event.target.closest('input, select, textarea') !== null);

/** Keys that work everywhere, and the list of all keys. */
export function KeyHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    let isGoing = false;
    const press = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      const place = isGoing ? places[event.key] : undefined;
      isGoing = event.key === 'g';
      if (place !== undefined) {
        event.stopImmediatePropagation();
        go(place);
      } else if (event.key === '?') dialog.current?.showModal();
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl className="keys">
        {keys.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{name}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button
          type="submit"
          onClick={(event) => {
            event.preventDefault();
            dialog.current?.close();
          }}
        >
          Close
        </button>
      </form>
    </dialog>
  );
}
