import type { ReactNode } from 'react';

/** One number with its name, and what there is to say about it. */
export const Figure = ({ name, value, note }: { name: string; value: ReactNode; note?: ReactNode }) => (
  <div className="figure">
    <dt>{name}</dt>
    <dd>{value}</dd>
    {note ? <dd className="note">{note}</dd> : null}
  </div>
);
