import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { useGraphiQL } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import type { GraphQLSchema } from 'graphql';
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { AnswerPanel } from './answer/answer-panel';
import type { Run } from './answer/run';
import { OperationCard } from './card/operation-card';
import { plugins } from './panels/plugins';
import type { SavedOperation } from './saved-operations';
import type { GraphqlAnswer, GraphqlRequest } from './session';
import { operationIn } from './variables/asked-variables';

/** What stands in the editor; a new one replaces what is there. */
export interface Opened {
  readonly document: string;
  readonly variables: string;
}

interface Props {
  readonly schema: GraphQLSchema | null;
  readonly opened: Opened;
  readonly saved: SavedOperation | null;
  readonly ask: (request: GraphqlRequest) => Promise<GraphqlAnswer>;
}

export function Editor({ schema, saved, opened, ask }: Props) {
  const [cardPlace, setCardPlace] = useState<HTMLElement | null>(null);
  // GraphiQL has tabs, and each keeps the answer to what was asked in it.
  const [runs, setRuns] = useState<Readonly<Record<string, Run>>>({});
  const activeTab = useRef('');
  const askAndKeep = useCallback(
    async (request: GraphqlRequest) => {
      const tab = activeTab.current;
      const startedAt = performance.now();
      const { query, variables = {} } = request;
      // GraphiQL learns the name of what was just opened a moment later than one can press Run.
      const operationName = operationIn(query, request.operationName ?? undefined)?.name?.value;
      const answer = await ask({ query, variables, ...(operationName && { operationName }) });
      const run = { text: query, operationName, variables, answer, tookMs: performance.now() - startedAt };
      setRuns(before => ({ ...before, [tab]: run }));
      return answer;
    },
    [ask],
  );
  return (
    <div className="workbench">
      <div ref={setCardPlace} />
      <GraphiQL
        fetcher={askAndKeep}
        schema={schema}
        plugins={plugins}
        initialQuery={opened.document}
        initialVariables={opened.variables}
        isHeadersEditorEnabled={false}
        defaultEditorToolsVisibility={false}
        storage={memory}
      >
        <GraphiQL.Logo>
          <Typewriter opened={opened} />
        </GraphiQL.Logo>
        <GraphiQL.Footer>
          <Answer runs={runs} activeTab={activeTab} schema={schema} />
        </GraphiQL.Footer>
        <InPlace place={cardPlace}>
          <OperationCard schema={schema} saved={saved} />
        </InPlace>
      </GraphiQL>
    </div>
  );
}

interface InPlaceProps {
  readonly place: HTMLElement | null;
  readonly children: ReactNode;
}

/** Belongs to GraphiQL, so that its editors can be read and written, and stands elsewhere on the page. */
const InPlace = ({ place, children }: InPlaceProps) => place && createPortal(children, place);

/** Writes what is opened into the editors. It stands inside GraphiQL, which is where the editors can be reached. */
function Typewriter({ opened }: { readonly opened: Opened }) {
  const queryEditor = useGraphiQL(state => state.queryEditor);
  const variableEditor = useGraphiQL(state => state.variableEditor);
  useEffect(() => queryEditor?.setValue(opened.document), [queryEditor, opened]);
  useEffect(() => variableEditor?.setValue(opened.variables), [variableEditor, opened]);
  return null;
}

interface AnswerProps {
  readonly runs: Readonly<Record<string, Run>>;
  readonly activeTab: RefObject<string>;
  readonly schema: GraphQLSchema | null;
}

/** Our forms of the answer, in the place that GraphiQL keeps below its own. */
function Answer({ runs, activeTab, schema }: AnswerProps) {
  const tab = useGraphiQL(state => state.tabs[state.activeTabIndex]?.id ?? '');
  const isAsking = useGraphiQL(state => state.isFetching);
  const isReady = useGraphiQL(state => Boolean(state.queryEditor && state.variableEditor && state.responseEditor));
  useEffect(() => {
    activeTab.current = tab;
  }, [activeTab, tab]);
  return <AnswerPanel run={runs[tab] ?? null} isAsking={isAsking} isReady={isReady} schema={schema} />;
}

const kept = new Map<string, string>([['graphiql:editorFlex', '0.7']]);
/** Nothing is written to the browser's storage: variables hold customers' ids and names. */
const memory = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
  clear: () => kept.clear(),
  get length() {
    return kept.size;
  },
};
