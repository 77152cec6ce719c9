import type { PlanNode, TracedCall } from '../session';
import type { Run } from './run';

/** How an answer came to be: what it cost, which houses were asked, for how long, and in which order. */
export function HowView({ run }: { readonly run: Run }) {
  const { cost, trace, plan } = run.answer.extensions ?? {};
  return (
    <div className="how">
      <dl className="facts">
        <div>
          <dt>Took</dt>
          <dd>{`${Math.round(run.tookMs)} ms, as this page saw it`}</dd>
        </div>
        {trace && (
          <div>
            <dt>At the gateway</dt>
            <dd>{`${trace.ms.toFixed(1)} ms`}</dd>
          </div>
        )}
        {cost && (
          <div>
            <dt>Cost</dt>
            <dd>{`${number(cost.requested)} of ${number(cost.budget)}`}</dd>
          </div>
        )}
        {trace && (
          <div>
            <dt>Houses asked</dt>
            <dd>{`${new Set(trace.calls.map(({ house }) => house)).size}, in ${trace.calls.length} calls`}</dd>
          </div>
        )}
      </dl>
      {trace ? (
        <Calls calls={trace.calls} totalMs={trace.ms} />
      ) : (
        <p className="empty">Which houses were asked, and for how long, is shown to Support and to operators.</p>
      )}
      {plan && (
        <section>
          <h3>Plan</h3>
          <PlanStep node={plan} />
        </section>
      )}
    </div>
  );
}

const number = (value: number): string => value.toLocaleString('en');

/** Each call as a bar on the time of the request. */
function Calls({ calls, totalMs }: { readonly calls: readonly TracedCall[]; readonly totalMs: number }) {
  if (calls.length === 0) return <p className="empty">No house was asked: the gateway knew the answer.</p>;
  const percent = (ms: number) => `${Math.min(100, (100 * ms) / Math.max(totalMs, 0.01)).toFixed(2)}%`;
  return (
    <section>
      <h3>Time in each house</h3>
      <ol className="calls">
        {calls.map(({ house, outcome, atMs, ms }) => (
          <li key={`${house} ${atMs}`} className={outcome === 'answered' ? undefined : 'failed'}>
            <span>{house}</span>
            <span className="lane">
              <span className="bar" style={{ marginLeft: percent(atMs), width: percent(ms) }} />
            </span>
            <span className="ms">{outcome === 'answered' ? `${ms.toFixed(1)} ms` : `${outcome}, ${ms.toFixed(1)} ms`}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const WORDS: Readonly<Record<string, string>> = { Sequence: 'One after the other', Parallel: 'At the same time' };

/** A plan as it is carried out: outer steps hold inner ones, a call names its house and what it is asked. */
function PlanStep({ node }: { readonly node: PlanNode }) {
  if (node.kind === 'Fetch') {
    return (
      <div className="step">
        <strong>{node.serviceName}</strong>
        <pre>{spread(node.operation ?? '')}</pre>
      </div>
    );
  }
  const inner = node.nodes ?? (node.node ? [node.node] : []);
  const title = node.kind === 'Flatten' ? `For what stands at ${pathOf(node.path)}` : (WORDS[node.kind] ?? node.kind);
  return (
    <div className="step">
      <span className="kind">{title}</span>
      {inner.map(child => (
        <PlanStep key={JSON.stringify(child)} node={child} />
      ))}
    </div>
  );
}

function pathOf(path: readonly unknown[] | undefined): string {
  const steps = (path ?? []).flatMap(step => {
    if (typeof step === 'string') return step === '@' ? [] : [step];
    return typeof step === 'object' && step !== null && 'Field' in step ? [String(step.Field)] : [];
  });
  return steps.join(' › ') || 'the root';
}

/** A call's question is one line; people read it in several. */
function spread(operation: string): string {
  let depth = 0;
  return operation
    .replace(/\s+/g, ' ')
    .replace(/ ?([{}]) ?/g, (_, brace: string) => {
      depth += brace === '{' ? 1 : -1;
      return brace === '{' ? ` {\n${'  '.repeat(depth)}` : `\n${'  '.repeat(Math.max(depth, 0))}}\n${'  '.repeat(Math.max(depth, 0))}`;
    })
    .replace(/\n\s*\n/g, '\n')
    .trim();
}
