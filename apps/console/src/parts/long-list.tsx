import { useEffect, useRef, useState, type ReactNode } from 'react';
import { visibleRange } from './visible-range.js';

interface LongListProps {
  readonly label: string;
  readonly rows: number;
  readonly rowHeight: number;
  readonly row: (index: number) => ReactNode;
  /** Called when the last rows come into sight. */
  readonly onEnd?: (() => void) | undefined;
  /** Kept in sight when it changes. */
  readonly current?: number | undefined;
  readonly className?: string;
}

/** A list of equal rows of which only those in sight are drawn. Scrolls by itself; its height is its surroundings'. */
export function LongList({ label, rows, rowHeight, row, onEnd, current, className = '' }: LongListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ scrollTop: 0, height: 600 });
  const { first, end } = visibleRange({ rows, rowHeight, ...seen });

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = (): void => setSeen({ scrollTop: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  useEffect(() => {
    if (rows > 0 && end >= rows) onEnd?.();
  }, [end, rows, onEnd]);
  useEffect(() => {
    const element = box.current;
    if (!element || current === undefined) return;
    const top = current * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
  }, [current, rowHeight]);

  return (
    <div ref={box} className={`long-list ${className}`} role="list" aria-label={label} tabIndex={0}>
      <div className="long-list-space" style={{ height: rows * rowHeight }} role="presentation">
        {Array.from({ length: end - first }, (_, offset) => {
          const index = first + offset;
          return (
            <div
              key={index}
              role="listitem"
              aria-setsize={rows}
              aria-posinset={index + 1}
              className="long-list-row"
              style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
            >
              {row(index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
