/** What the guides point at exists. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { walk } from './sources';

const guides = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...walk('docs'), ...walk('subgraphs')].filter(path =>
  path.endsWith('.md'),
);
const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(readFileSync('package.json', 'utf8'));

test.each(guides)('%s links to what is there', guide => {
  const links = [...readFileSync(guide, 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(match => match[1] ?? '');
  expect(links.filter(link => !/^https?:/.test(link) && !existsSync(join(dirname(guide), link)))).toEqual([]);
});

test.each(guides)('%s names scripts that there are', guide => {
  const named = [...readFileSync(guide, 'utf8').matchAll(/npm run ([\w:-]+)/g)].map(match => match[1] ?? '');
  expect(named.filter(name => !(name in scripts))).toEqual([]);
});

test.each(guides)('%s names files that there are', guide => {
  const named = [
    ...readFileSync(guide, 'utf8').matchAll(/`((?:kernel|gateway|scripts|test|deploy|docs|schema|patches|operations)\/[\w@+./-]+)`/g),
  ].map(match => match[1] ?? '');
  expect(named.filter(path => !existsSync(path))).toEqual([]);
});
