import { formatShortcutForOS, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { GraphQLSchema } from 'graphql';
import { useMemo } from 'react';
import type { SavedOperation } from '../saved-operations';
import { useSession } from '../session-context';
import { operationIn, valuesIn } from '../variables/asked-variables';
import { useEditorText } from '../variables/editor-text';
import { VariablesForm } from '../variables/variables-form';
import { rightsFor } from './asked-rights';
import { Rights } from './rights';
import { type Price, usePrice } from './use-price';

interface Props {
  readonly schema: GraphQLSchema | null;
  readonly saved: SavedOperation | null;
}

/** What stands in the editor, as one who runs it wants to know it first: its variables, what it costs, and who may ask it. */
export function OperationCard({ schema, saved }: Props) {
  const { ask, held, map } = useSession();
  const [text] = useEditorText('queryEditor');
  const [json, write] = useEditorText('variableEditor');
  const name = useGraphiQL(state => state.operationName);
  const isAsking = useGraphiQL(state => state.isFetching);
  const { run, stop } = useGraphiQLActions();
  const operation = useMemo(() => operationIn(text, name), [text, name]);
  const values = useMemo(() => valuesIn(json), [json]);
  const operationName = operation?.name?.value;
  const request = operation && values ? { query: text, variables: values, ...(operationName && { operationName }) } : null;
  const price = usePrice(request, held.join(), ask);
  const rights = useMemo(() => (schema && map ? rightsFor(text, schema, map.access) : []), [text, schema, map]);
  if (!operation) return null;
  const isSaved = saved !== null && saved.name === operationName;
  return (
    <section className="card" aria-label="Operation">
      <div className="head">
        <h2>{isSaved ? saved.title : (operationName ?? 'Unnamed operation')}</h2>
        {operation.operation === 'mutation' && <em>changes</em>}
        <Rights rights={rights} held={held} />
        <PriceTag price={price} />
        <button
          type="button"
          className="strong"
          title={`${formatShortcutForOS('Ctrl-Enter', 'Cmd-Enter')} in the editor`}
          onClick={isAsking ? stop : run}
        >
          {isAsking ? 'Stop' : 'Run'}
        </button>
      </div>
      {schema && (
        <form
          onSubmit={event => {
            event.preventDefault();
            run();
          }}
        >
          <VariablesForm
            key={operationName}
            operation={operation}
            schema={schema}
            values={values}
            onChange={next => write(JSON.stringify(next, null, 2))}
          />
          <button type="submit" hidden />
        </form>
      )}
    </section>
  );
}

function PriceTag({ price }: { readonly price: Price | null }) {
  if (!price) return <span className="price">…</span>;
  if (price.problem) return <span className="price refused">{price.problem}</span>;
  const { requested = 0, budget = 0 } = price;
  return (
    <span className={requested > budget ? 'price refused' : 'price'} title="What it may cost at most, of what you may spend on one request">
      {`Costs ${requested.toLocaleString('en')} of ${budget.toLocaleString('en')}`}
    </span>
  );
}
