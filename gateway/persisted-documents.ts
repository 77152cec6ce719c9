import { createHash } from 'node:crypto';
import type { Viewer } from '#kernel/auth/viewer';
import { BoundedMap } from './bounded-map';
import { granted, type OrRefused, refused } from './errors';
import type { TrustedDocuments } from './trusted-documents';

/** What a request says of its document: its text, its hash, or both. */
export interface AskedDocument {
  readonly query: string | undefined;
  readonly hash: string | undefined;
}

export interface PersistedDocuments {
  /** The document's text, wherever it comes from. Everything else about it is checked afterwards, as for any text. */
  textOf(asked: AskedDocument, viewer: Viewer): OrRefused<string>;
  /** Remembers a text that was sent with its hash, once it is known to be a document within the limits. */
  keep(asked: AskedDocument): void;
}

const DOCUMENTS_MAX = 1_000;
const LENGTH_MAX = 16_384;

/**
 * Finds documents by hash: those that clients sent before (automatic persisted queries), and those that are trusted. A
 * text is only ever kept under its own SHA-256, so nobody can put another under a hash that somebody else will ask for.
 */
export function openPersistedDocuments(trusted: TrustedDocuments): PersistedDocuments {
  const textByHash = new BoundedMap<string, string>(DOCUMENTS_MAX);
  return {
    textOf({ query, hash }, viewer) {
      const manifest = trusted.of(viewer.clientId);
      if (manifest && trusted.isEnforced) return trustedText(manifest, query, hash);
      if (query === undefined) return hash === undefined ? NOT_FOUND : found(textByHash.get(hash) ?? manifest?.get(hash));
      if (hash === undefined || textByHash.get(hash) === query) return granted(query);
      return sha256(query) === hash ? granted(query) : MISMATCH;
    },
    keep({ query, hash }) {
      if (query !== undefined && hash !== undefined && query.length <= LENGTH_MAX) textByHash.set(hash, query);
    },
  };
}

/** A client with a manifest sends what stands there and nothing else, by hash or word for word. */
function trustedText(manifest: ReadonlyMap<string, string>, query: string | undefined, hash: string | undefined): OrRefused<string> {
  const text = manifest.get(hash ?? sha256(query ?? ''));
  if (text === undefined) return NOT_TRUSTED;
  return query === undefined || query === text ? granted(text) : MISMATCH;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const found = (text: string | undefined): OrRefused<string> => (text === undefined ? NOT_FOUND : granted(text));

// Apollo's clients know this sentence by heart, and send the text when they read it.
const NOT_FOUND = refused(400, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
const MISMATCH = refused(400, 'PERSISTED_QUERY_MISMATCH', 'The document is not the one that its hash stands for.');
const NOT_TRUSTED = refused(403, 'FORBIDDEN', 'This client sends the documents of its manifest, and this is none of them.');
