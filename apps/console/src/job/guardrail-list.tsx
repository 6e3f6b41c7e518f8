import type { GuardrailFinding, GuardrailReport } from '@waybill/contracts';
import { percent } from '../format/format-values.js';
import { nameOfFinding, sumUp, whatFollowed, whereFound } from './tell-guardrails.js';

interface GuardrailListProps {
  readonly report: GuardrailReport | undefined;
  readonly chosen: string;
  readonly choose: (finding: GuardrailFinding, name: string) => void;
}

/** What guardrails found on a document, and what they did with it; what stands on a page is lit up there. */
export function GuardrailList({ report, chosen, choose }: GuardrailListProps) {
  if (!report || report.findings.length + (report.failures ?? []).length === 0) return null;
  const rest = report.counts.reduce((sum, { count }) => sum + count, 0) - report.findings.length;
  return (
    <section className="guardrails" aria-label="Guardrails">
      <h2>Guardrails</h2>
      <p className="faint">{sumUp(report)}</p>
      {(report.failures ?? []).map((failure) => (
        <p key={failure} className="notice">
          {failure}
        </p>
      ))}
      <ul className="fields">
        {report.findings.map((finding, index) => (
          <li key={index}>
            <Finding
              finding={finding}
              isChosen={chosen === nameOfFinding(index)}
              choose={() => choose(finding, nameOfFinding(index))}
            />
          </li>
        ))}
      </ul>
      {rest > 0 ? <p className="faint">and {rest} more</p> : null}
    </section>
  );
}

function Finding({ finding, isChosen, choose }: { finding: GuardrailFinding; isChosen: boolean; choose: () => void }) {
  const { guardrail, kind, score, remark } = finding;
  const content = (
    <>
      <span className="field-name">
        {guardrail} · {whereFound(finding)}
      </span>
      <span className="sureness">{percent(score)}</span>
      <span className="field-value">
        {kind}: {whatFollowed(finding)}
      </span>
      {remark === undefined ? null : <span className="faint">{remark}</span>}
    </>
  );
  if ((finding.boxes ?? []).length === 0) return <div className="field">{content}</div>;
  return (
    <button type="button" aria-pressed={isChosen} onClick={choose}>
      {content}
    </button>
  );
}
