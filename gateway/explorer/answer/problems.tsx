import type { GraphqlProblem } from '../session';

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly path: string;
}

interface Props {
  readonly errors: readonly GraphqlProblem[];
  readonly data: unknown;
  /** Something arrived nevertheless. */
  readonly hasRest: boolean;
}

/** What went wrong, in the sentences of whoever refused. What did arrive is shown below. */
export function Problems({ errors, data, hasRest }: Props) {
  const refusals = refusalsIn(data);
  if (errors.length === 0 && refusals.length === 0) return null;
  return (
    <section className="problems" role="alert" aria-label="What went wrong">
      <ul>
        {errors.map(({ message, path, extensions }) => (
          <Problem
            key={`${path?.join('.')} ${message}`}
            code={extensions?.code}
            message={message}
            path={path?.join('.')}
            house={extensions?.house}
          />
        ))}
        {refusals.map(({ code, message, path }) => (
          <Problem key={`${code} ${path}`} code={code} message={message} path={path} />
        ))}
      </ul>
      {errors.length > 0 && hasRest && <p>The rest of the answer arrived and is shown below.</p>}
    </section>
  );
}

interface ProblemProps {
  readonly code: string | undefined;
  readonly message: string;
  readonly path: string | undefined;
  readonly house?: string | undefined;
}

function Problem({ code, message, path, house }: ProblemProps) {
  return (
    <li>
      <strong>{message}</strong>
      <span>
        {code && <code>{code}</code>}
        {path && (
          <>
            {' at '}
            <code>{path}</code>
          </>
        )}
        {house && ` from ${house}`}
      </span>
    </li>
  );
}

/** A change that was refused says so beside its result. */
function refusalsIn(data: unknown): readonly Refusal[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).flatMap(payload => {
    const refusals: unknown = typeof payload === 'object' && payload !== null && 'userErrors' in payload ? payload.userErrors : [];
    return Array.isArray(refusals) ? refusals.map(refusalOf) : [];
  });
}

function refusalOf(entry: { readonly code?: unknown; readonly message?: unknown; readonly path?: unknown }): Refusal {
  const path = Array.isArray(entry.path) ? entry.path.join('.') : String(entry.path ?? '');
  return { code: String(entry.code ?? ''), message: String(entry.message ?? 'It was refused.'), path };
}
