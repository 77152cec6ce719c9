import { useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { operationIn, valuesIn } from '../variables/asked-variables';
import { useEditorText } from '../variables/editor-text';
import { LANGUAGES, type Language, snippetIn } from './snippets';

const NAMES: readonly Language[] = ['curl', 'typescript', 'python'];

/** What stands in the editor as code, to go on with elsewhere. */
export function CodePanel() {
  const [text] = useEditorText('queryEditor');
  const [json] = useEditorText('variableEditor');
  const name = useGraphiQL(state => state.operationName);
  const [language, setLanguage] = useState<Language>('curl');
  const [isCopied, setCopied] = useState(false);
  const operationName = operationIn(text, name)?.name?.value;
  const code = snippetIn(language, { query: text, variables: valuesIn(json) ?? {}, operationName, address: `${location.origin}/graphql` });
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return (
    <section className="panel" aria-label="Copy as code">
      <h2>Copy as code</h2>
      <div className="languages">
        {NAMES.map(known => (
          <button key={known} type="button" aria-pressed={known === language} onClick={() => setLanguage(known)}>
            {LANGUAGES[known]}
          </button>
        ))}
        <button type="button" className="copy" onClick={copy}>
          {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
      <pre>
        <code>{code}</code>
      </pre>
      <p>
        The token is read from <code>TOKEN</code> in the environment. It stands in no file that way.
      </p>
    </section>
  );
}

const COPIED_MS = 1_500;
