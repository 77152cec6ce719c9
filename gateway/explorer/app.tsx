import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Editor, type Opened } from './editor';
import mark from './mark.svg';
import { OperationList } from './operation-list';
import { PersonaPicker, TokenField } from './persona-picker';
import { idsIn } from './remembered';
import { filledVariables, type SavedOperation, savedOperations } from './saved-operations';
import { fetchMap, type SchemaMap } from './schema-map';
import { ask, fetchPersonas, type GraphqlAnswer, type GraphqlRequest, heldBy, type Persona, signIn } from './session';
import { type Session, SessionContext } from './session-context';

const INTROSPECTION = { query: getIntrospectionQuery({ schemaDescription: true, inputValueDeprecation: true, oneOf: true }) };
const WELCOME: Opened = { document: '# Pick a saved operation on the left, or write your own.\n', variables: '{}' };

export function App() {
  const [personas, setPersonas] = useState<readonly Persona[]>([]);
  const [persona, setPersona] = useState<Persona | null>(null);
  const [schema, setSchema] = useState<GraphQLSchema | null>(null);
  const [map, setMap] = useState<SchemaMap | null>(null);
  const [held, setHeld] = useState<readonly string[]>([]);
  const [current, setCurrent] = useState<SavedOperation | null>(null);
  const [opened, setOpened] = useState<Opened>(WELCOME);
  const [notice, setNotice] = useState<string | null>(null);
  const token = useRef<string | null>(null);
  const hasSchema = useRef(false);
  const signedIn = useRef<Promise<void>>(Promise.resolve());
  const lastSeen = useRef<Record<string, string>>({});

  const takeToken = useCallback(async (next: string | null) => {
    token.current = next;
    setHeld(heldBy(next));
    // The graph is the same for everyone: the first who may read its schema reads it for all.
    if (hasSchema.current) return;
    const { data } = await ask<IntrospectionQuery>(INTROSPECTION, next);
    hasSchema.current = Boolean(data);
    if (!data) return;
    setSchema(buildClientSchema(data));
    setMap(await fetchMap(next).catch(() => null));
  }, []);

  const become = useCallback(
    (next: Persona) => {
      setPersona(next);
      signedIn.current = signIn(next.id)
        .then(takeToken)
        .then(() => setNotice(null))
        .catch(fault => setNotice(`Signing in as ${next.label} failed. ${fault instanceof Error ? fault.message : ''}`));
    },
    [takeToken],
  );

  const open = useCallback(
    (operation: SavedOperation) => {
      const who = persona && operation.personas.includes(persona.id) ? persona : personas.find(({ id }) => id === operation.personas[0]);
      if (who && who !== persona) become(who);
      setCurrent(operation);
      setOpened({
        document: `${operation.document}\n`,
        variables: filledVariables(operation.variables, { ...who?.samples, ...lastSeen.current }),
      });
    },
    [become, persona, personas],
  );

  const session = useMemo<Session>(
    () => ({
      ask: async request => {
        await signedIn.current;
        return ask(request, token.current).catch(silence);
      },
      token: async () => {
        await signedIn.current;
        return token.current;
      },
      held,
      map,
    }),
    [held, map],
  );

  const run = useCallback(
    async (request: GraphqlRequest): Promise<GraphqlAnswer> => {
      // Whoever may not see how an answer came to be is simply not told.
      const answer = await session.ask({ ...request, extensions: { trace: true, plan: true } });
      Object.assign(lastSeen.current, idsIn(answer.data));
      return answer;
    },
    [session],
  );

  useEffect(() => {
    void fetchPersonas()
      .then(found => {
        setPersonas(found);
        const [first] = found;
        if (first) become(first);
      })
      .catch(fault => setNotice(`The gateway does not answer. ${fault instanceof Error ? fault.message : ''}`));
  }, [become]);

  return (
    <div className="page">
      <header>
        <img src={mark} alt="" width="28" height="28" />
        <h1>
          Purchasing graph <span>Explorer</span>
        </h1>
        {personas.length > 0 ? <PersonaPicker personas={personas} current={persona} onPick={become} /> : <TokenField onToken={takeToken} />}
      </header>
      {notice && (
        <p className="notice" role="alert">
          {notice}
        </p>
      )}
      <main>
        <OperationList operations={savedOperations} current={current?.name ?? null} personaId={persona?.id ?? null} onOpen={open} />
        <SessionContext value={session}>
          <Editor schema={schema} saved={current} opened={opened} ask={run} />
        </SessionContext>
      </main>
    </div>
  );
}

/** Nobody answered: the page says so where an answer would stand. */
const silence = (fault: unknown): GraphqlAnswer => ({
  errors: [
    { message: `The gateway did not answer. Try again in a moment. (${fault instanceof Error ? fault.message : 'no reason given'})` },
  ],
});
