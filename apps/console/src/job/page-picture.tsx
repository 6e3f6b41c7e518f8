import type { ExtractedField, PageView } from '@waybill/contracts';
import { memo, useEffect, useMemo, useRef } from 'react';
import { usePicture } from '../api/use-picture.js';
import { Empty } from '../parts/notes.js';
import { drawingSize, layers, marksOf, type Layer, type Mark, type NumberedFinding } from './page-marks.js';

interface PagePictureProps {
  readonly page: PageView;
  readonly fields: readonly ExtractedField[];
  readonly findings: readonly NumberedFinding[];
  readonly shown: ReadonlySet<Layer>;
  /** Path of the field, or name of the finding, that is lit up. */
  readonly chosen: string;
  readonly zoom: number;
  readonly choose: (path: string) => void;
}

/** A page with the boxes of what was found on it. A page without a picture is set from its words. */
export function PagePicture({ page, fields, findings, shown, chosen, zoom, choose }: PagePictureProps) {
  const { layout } = page;
  const url = usePicture(page.image);
  const marks = useMemo(() => (layout ? marksOf(layout, fields, findings) : undefined), [layout, fields, findings]);
  const lit = useRef<SVGGElement>(null);
  useEffect(() => {
    if (chosen !== '') lit.current?.querySelector('rect')?.scrollIntoView({ block: 'center', inline: 'center' });
  }, [chosen, page.number]);
  if (!layout || !marks) {
    return (
      <Empty title="This page could not be read">{page.failure?.message ?? 'There is no reason on record.'}</Empty>
    );
  }
  const { width, height } = drawingSize(layout);
  const isSet = page.image === undefined;
  return (
    <div className="paper-box" tabIndex={0} role="region" aria-label="The page">
      <svg
        className="paper"
        viewBox={`0 0 ${width} ${height}`}
        style={{ width: `${zoom * 100}%`, aspectRatio: `${width} / ${height}` }}
        role="img"
        aria-label={`Page ${page.number}: ${layout.words.length} words`}
      >
        <rect width={width} height={height} className="sheet" />
        {url === undefined ? null : <image href={url} width={width} height={height} preserveAspectRatio="none" />}
        {isSet ? <SetWords layout={layout} width={width} height={height} /> : null}
        {layers
          .filter((layer) => shown.has(layer))
          .map((layer) => (
            <Marks key={layer} layer={layer} marks={marks[layer]} choose={choose} />
          ))}
        <g ref={lit} className="lit">
          {[...marks.fields, ...marks.guarded]
            .filter(({ path }) => path === chosen)
            .map((mark, index) => (
              <Rect key={index} mark={mark} grow={4} />
            ))}
        </g>
      </svg>
    </div>
  );
}

interface MarksProps {
  readonly layer: Layer;
  readonly marks: readonly Mark[];
  readonly choose: (path: string) => void;
}

/** Hundreds of boxes, drawn anew only when they are others. */
const Marks = memo(
  ({ layer, marks, choose }: MarksProps) => (
    <g
      className={`marks layer-${layer}`}
      onClick={(event) => {
        const path = (event.target as Element).getAttribute('data-path');
        if (path !== null) choose(path);
      }}
    >
      {marks.map((mark, index) => (
        <Rect key={index} mark={mark} grow={0} />
      ))}
    </g>
  ),
  (before, after) => before.marks === after.marks && before.layer === after.layer,
);
Marks.displayName = 'Marks';

const Rect = ({ mark: { x, y, width, height, certainty, title, path }, grow }: { mark: Mark; grow: number }) => (
  <rect
    className={certainty}
    x={x - grow}
    y={y - grow}
    width={width + 2 * grow}
    height={height + 2 * grow}
    rx={grow > 0 ? 3 : 0}
    data-path={path}
  >
    <title>{title}</title>
  </rect>
);

interface SetWordsProps {
  readonly layout: NonNullable<PageView['layout']>;
  readonly width: number;
  readonly height: number;
}

const SetWords = memo(({ layout, width, height }: SetWordsProps) => (
  <g className="set-words" aria-hidden="true">
    {layout.words.map(({ text, box: [x0, y0, x1, y1] }, index) => (
      <text
        key={index}
        x={x0 * width}
        y={y1 * height - (y1 - y0) * height * 0.2}
        fontSize={(y1 - y0) * height * 0.92}
        textLength={Math.max(1, (x1 - x0) * width)}
        lengthAdjust="spacingAndGlyphs"
      >
        {text}
      </text>
    ))}
  </g>
));
SetWords.displayName = 'SetWords';
