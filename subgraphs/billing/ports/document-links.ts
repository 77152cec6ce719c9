import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#kernel/time';

/** How long a link to a document can be used: long enough to click it, too short to pass it on. Policy value. */
const LINK_LASTS_SECONDS = 15 * 60;

/** Makes links to documents that nobody else can make, and tells whether one is good. */
export interface DocumentLinks {
  /** Where the invoice of a number can be fetched for a while. */
  invoiceLink(number: string, now: Instant): string;
  /** False for a link that was changed, was made with another key, or has expired. */
  isGood(link: { readonly number: string; readonly expires: string; readonly signature: string }, now: Instant): boolean;
}

/**
 * Links signed with HMAC-SHA-256 over the document and the moment until which they last. The newest secret signs; two
 * are live while one is replaced. `baseUrl` is the gateway's address as customers know it, or empty for bare paths.
 */
export function documentLinks(secrets: readonly string[], baseUrl: string): DocumentLinks {
  const signed = (secret: string, number: string, expires: string) =>
    createHmac('sha256', secret).update(`billing/documents/invoices/${number}.pdf\n${expires}`).digest();
  return {
    invoiceLink: (number, now) => {
      const expires = String(Math.floor(now.getTime() / 1000) + LINK_LASTS_SECONDS);
      const signature = signed(secrets[0]!, number, expires).toString('base64url');
      return `${baseUrl}/documents/invoices/${encodeURIComponent(number)}.pdf?expires=${expires}&signature=${signature}`;
    },
    isGood: ({ number, expires, signature }, now) => {
      if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1000 <= now.getTime()) return false;
      const given = Buffer.from(signature, 'base64url');
      return secrets.some(secret => {
        const expected = signed(secret, number, expires);
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
    },
  };
}
