/** A request as one writes it elsewhere. The token stands in the environment, and never in the text. */
export interface Snippet {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  readonly address: string;
}

export const LANGUAGES = { curl: 'curl', typescript: 'TypeScript', python: 'Python' } as const;
export type Language = keyof typeof LANGUAGES;

export function snippetIn(language: Language, snippet: Snippet): string {
  return { curl, typescript, python }[language]({ ...snippet, query: snippet.query.trim() });
}

function curl({ query, variables, operationName, address }: Snippet): string {
  const body = JSON.stringify({ query, variables, ...(operationName && { operationName }) }, null, 2);
  return [
    `curl -s '${address}' \\`,
    "  -H 'content-type: application/json' \\",
    '  -H "authorization: Bearer $TOKEN" \\',
    // Within single quotes a shell reads nothing; a single quote ends them, stands escaped, and opens them anew.
    `  --data-binary '${body.replaceAll("'", "'\\''")}'`,
    '',
  ].join('\n');
}

function typescript({ query, variables, operationName, address }: Snippet): string {
  const literal = query.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  return [
    `const query = \`${literal}\`;`,
    `const variables = ${JSON.stringify(variables, null, 2)};`,
    '',
    `const response = await fetch('${address}', {`,
    "  method: 'POST',",
    "  headers: { 'content-type': 'application/json', authorization: 'Bearer ' + process.env.TOKEN },",
    `  body: JSON.stringify({ query, variables${operationName ? `, operationName: '${operationName}'` : ''} }),`,
    '});',
    'const { data, errors } = await response.json();',
    "if (errors) throw new Error(errors.map((error: { message: string }) => error.message).join(' '));",
    'console.log(data);',
    '',
  ].join('\n');
}

function python({ query, variables, operationName, address }: Snippet): string {
  const literal = query.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"');
  return [
    'import json, os, urllib.request',
    '',
    `query = """${literal}"""`,
    // JSON within a raw text: what it escapes stays escaped, and three quotes never stand in a row.
    `variables = json.loads(r"""${JSON.stringify(variables, null, 2)}""")`,
    '',
    `body = {"query": query, "variables": variables${operationName ? `, "operationName": "${operationName}"` : ''}}`,
    'request = urllib.request.Request(',
    `    "${address}",`,
    '    data=json.dumps(body).encode(),',
    '    headers={"content-type": "application/json", "authorization": f"Bearer {os.environ[\'TOKEN\']}"},',
    ')',
    'with urllib.request.urlopen(request) as response:',
    '    answer = json.load(response)',
    'if "errors" in answer:',
    '    raise SystemExit(answer["errors"])',
    'print(json.dumps(answer["data"], indent=2))',
    '',
  ].join('\n');
}
