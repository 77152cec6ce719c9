/** What can be found by its number, name or address, in our house or a neighbour's. */
export const DIRECTORY_KINDS = ['BILLING_ACCOUNT', 'ORDER', 'SUBSCRIPTION', 'INVOICE', 'LICENSE', 'NAMESPACE'] as const;
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number];

/** A search answers these; a namespace is found by its id alone. */
export const SEARCHED_KINDS = [
  'BILLING_ACCOUNT',
  'ORDER',
  'SUBSCRIPTION',
  'INVOICE',
  'LICENSE',
] as const satisfies readonly DirectoryKind[];
export type SearchedKind = (typeof SEARCHED_KINDS)[number];

/** Bounds of an entry and of a search. */
export const ENTRY_WORDS_MAX = 64;
export const TERM_LENGTH_MAX = 200;
export const TERM_WORDS_MAX = 6;
const WORD_LENGTH_MAX = 100;

/**
 * The words by which an entry is found. Each piece between spaces is a word as it stands (`a-s00012345`,
 * `ada@northwind.example`), and so is each run of letters and digits in it, and what follows an at sign.
 */
export function wordsOf(texts: readonly string[]): readonly string[] {
  const words = texts.flatMap(pieces).flatMap(piece => [piece, ...piece.split(/[^\p{L}\p{N}]+/u), ...piece.split('@').slice(1)]);
  return [...new Set(words)].filter(word => word !== '').slice(0, ENTRY_WORDS_MAX);
}

/**
 * What is looked for: every piece must begin a word of the entry. The longest comes first, because it is the rarest.
 * An empty or overlong term looks for nothing.
 */
export function soughtIn(term: string): readonly string[] {
  if (term.length > TERM_LENGTH_MAX) return [];
  return [...new Set(pieces(term))].toSorted((a, b) => b.length - a.length).slice(0, TERM_WORDS_MAX);
}

function pieces(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/u)
    .filter(piece => piece !== '')
    .map(piece => piece.slice(0, WORD_LENGTH_MAX));
}
