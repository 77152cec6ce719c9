/** Code that the explorer hands out asks exactly what stands in the editor, whatever signs are in it. */
import { execFileSync } from 'node:child_process';
import { transformSync } from '@swc/core';
import { snippetIn } from '../../gateway/explorer/panels/snippets';

// biome-ignore lint/suspicious/noTemplateCurlyInString: what a language would fill in must reach the graph as it is.
const query = 'query Q($name: String!) { search(term: "it\'s `${1}` \\" \\\\ ", name: $name) { id } # """ \n}';
const variables = { name: 'O\'Neill \\ "quoted" $HOME `id` """' };
const snippet = { query, variables, operationName: 'Q', address: 'http://127.0.0.1:4000/graphql' };
const asked = { query, variables, operationName: 'Q' };

test('a shell passes curl the request as it is, and the token of the environment', () => {
  const script = `curl() { for last; do :; done; printf '%s' "$last"; }\n${snippetIn('curl', snippet)}`;
  expect(JSON.parse(execFileSync('sh', ['-c', script], { encoding: 'utf8' }))).toEqual(asked);
  const header = `curl() { printf '%s' "$6"; }\n${snippetIn('curl', snippet)}`;
  const shown = execFileSync('sh', ['-c', header], { encoding: 'utf8', env: { ...process.env, TOKEN: 'secret' } });
  expect(shown).toBe('authorization: Bearer secret');
});

test('TypeScript sends the request as it is', () => {
  const { code } = transformSync(snippetIn('typescript', snippet), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
  const stand = 'globalThis.fetch = async (_, { body }) => ({ json: async () => ({ data: JSON.parse(body) }) });';
  const program = `${stand}\nconst show = data => process.stdout.write(JSON.stringify(data));\n${code.replace('console.log(data)', 'show(data)')}`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual(asked);
});

test('Python reads the request as it is', () => {
  const code = snippetIn('python', snippet);
  const literal = /^query = """([\s\S]*?[^\\])"""$/m.exec(code)?.[1] ?? '';
  expect(literal.replace(/\\(["\\])/g, '$1')).toBe(query);
  const raw = /json\.loads\(r"""([\s\S]*?)"""\)/.exec(code)?.[1] ?? '';
  expect(JSON.parse(raw)).toEqual(variables);
  expect(code).toContain('"operationName": "Q"');
});
