import type { ExtractedField, JobView, ResultView } from '@waybill/contracts';
import { percent } from '../format/format-values.js';
import { Empty, Skeleton } from '../parts/notes.js';
import { certaintyOf } from './page-marks.js';
import { namesOf } from './tell-route.js';

interface FieldListProps {
  readonly job: JobView;
  readonly result: ResultView | undefined;
  readonly document: number;
  readonly chosen: string;
  readonly choose: (field: ExtractedField) => void;
}

/** The answer of one document. A field that is chosen is lit up where it stands. */
export function FieldList({ job, result, document, chosen, choose }: FieldListProps) {
  if (!result) {
    return job.finishedAt === undefined ? (
      <Empty title="Not answered yet">
        Fields stand here as soon as the job is final; pages can be looked at before.
      </Empty>
    ) : (
      <Skeleton lines={6} />
    );
  }
  const answer = result.documents.find((each) => each.document === document);
  const fields = answer?.fields ?? [];
  const found = fields.filter(({ value }) => value !== null);
  const missing = fields.filter(({ value }) => value === null);
  if (fields.length === 0) {
    const text =
      job.task?.kind === 'read'
        ? 'This job was asked to read only; download it as text or Markdown.'
        : 'Nothing was asked for, or nothing found.';
    return <Empty title="No fields">{text}</Empty>;
  }
  return (
    <>
      <h2>
        Fields <span className="faint">{answer?.kind}</span>
      </h2>
      <ul className="fields">
        {found.map((field) => (
          <li key={field.path}>
            <button type="button" aria-pressed={chosen === field.path} onClick={() => choose(field)}>
              <span className="field-name">{namesOf([field.path])}</span>
              <span className={`sureness ${certaintyOf(field.confidence)}`}>{percent(field.confidence)}</span>
              <span className="field-value">{String(field.value)}</span>
              {field.grounded === false ? <span className="notice">not on the page: to be doubted</span> : null}
            </button>
          </li>
        ))}
      </ul>
      {missing.length > 0 ? (
        <details className="missing">
          <summary>{missing.length} not found</summary>
          <dl>
            {missing.map(({ path, reason }) => (
              <div key={path}>
                <dt>{namesOf([path])}</dt>
                <dd>{reason ?? 'no reason given'}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </>
  );
}
