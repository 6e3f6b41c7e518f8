import type { ReactNode } from 'react';

interface PanelProps {
  readonly title: string;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

export const Panel = ({ title, aside, children, className = '' }: PanelProps) => (
  <section className={`panel ${className}`} aria-label={title}>
    <header>
      <h2>{title}</h2>
      {aside ? <div className="aside">{aside}</div> : null}
    </header>
    {children}
  </section>
);
