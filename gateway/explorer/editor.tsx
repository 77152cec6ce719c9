import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useGraphiQL } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import type { IntrospectionQuery } from 'graphql';
import { useEffect } from 'react';
import type { GraphqlAnswer } from './session';

/** What stands in the editor; a new one replaces what is there. */
export interface Opened {
  readonly document: string;
  readonly variables: string;
}

interface Props {
  readonly schema: IntrospectionQuery | null;
  readonly opened: Opened;
  readonly ask: (request: object) => Promise<GraphqlAnswer>;
}

const plugins = [explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];

export function Editor({ schema, opened, ask }: Props) {
  return (
    <GraphiQL
      fetcher={ask}
      schema={schema}
      plugins={plugins}
      initialQuery={opened.document}
      initialVariables={opened.variables}
      isHeadersEditorEnabled={false}
      defaultEditorToolsVisibility="variables"
      storage={memory}
    >
      <GraphiQL.Logo>
        <Typewriter opened={opened} />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

/** Writes what is opened into the editors. It stands inside GraphiQL, which is where the editors can be reached. */
function Typewriter({ opened }: { readonly opened: Opened }) {
  const queryEditor = useGraphiQL(state => state.queryEditor);
  const variableEditor = useGraphiQL(state => state.variableEditor);
  useEffect(() => queryEditor?.setValue(opened.document), [queryEditor, opened]);
  useEffect(() => variableEditor?.setValue(opened.variables), [variableEditor, opened]);
  return null;
}

const kept = new Map<string, string>();
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
