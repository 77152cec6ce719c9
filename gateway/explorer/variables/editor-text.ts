import { useGraphiQL } from '@graphiql/react';
import { useCallback, useSyncExternalStore } from 'react';

type Which = 'queryEditor' | 'variableEditor';

/** The text that stands in one of GraphiQL's editors, at every keystroke, and a way to write it. */
export function useEditorText(which: Which): readonly [text: string, write: (text: string) => void] {
  const editor = useGraphiQL(state => state[which]);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const listening = editor?.onDidChangeModelContent(onChange);
      return () => listening?.dispose();
    },
    [editor],
  );
  const text = useSyncExternalStore(subscribe, () => editor?.getValue() ?? '');
  const write = useCallback((next: string) => editor?.setValue(next), [editor]);
  return [text, write];
}
