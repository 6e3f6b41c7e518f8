import type { ReactNode } from 'react';
import type { AskError } from '../api/ask.js';

/** Nothing is here: what it would be, and what to do about it. */
export const Empty = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="empty">
    <strong>{title}</strong>
    <p>{children}</p>
  </div>
);

/** What could not be had, and why. */
export const ProblemNote = ({ error, again }: { error: AskError; again?: () => void }) => (
  <div className="problem" role="alert">
    <span>{error.message}</span>
    {again ? (
      <button type="button" className="quiet" onClick={again}>
        Try again
      </button>
    ) : null}
  </div>
);

/** Stands where an answer will be. */
export const Skeleton = ({ lines = 3 }: { lines?: number }) => (
  <div className="skeleton" aria-busy="true" aria-label="Loading">
    {Array.from({ length: lines }, (_, index) => (
      <i key={index} />
    ))}
  </div>
);
