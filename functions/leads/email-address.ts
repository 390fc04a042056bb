import { domainToASCII } from 'node:url';
import * as z from 'zod';

// SES accepts ASCII local parts only; a dot-atom is what every mailbox provider hands out (RFC 5321 §4.1.2).
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The address under which a person is known: lower case, domain in Punycode, plus-tag kept; `null` when it is no address.
 * Idempotent, and never merges two mailboxes (I-N1, I-N2): what is not ASCII before the @ is refused, not folded.
 */
export function normaliseEmail(typed: string): string | null {
  const text = typed.trim();
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 320) return null;
  // Checked before lower-casing: the Kelvin sign lower-cases to an ASCII k and would merge two mailboxes.
  if (!/^[\x21-\x7e]+$/.test(text.slice(0, at))) return null;
  const local = text.slice(0, at).toLowerCase();
  const typedHost = text.slice(at + 1);
  // What the URL parser would read as something else: a path, a percent-encoding.
  if (/[^\p{L}\p{M}\p{N}.。．｡-]/u.test(typedHost)) return null;
  const host = domainToASCII(typedHost).toLowerCase();
  // It reads 1.2, 0x7f.1 and their full-width twins as an address in numbers.
  if (/(^|\.)\d+$/.test(host)) return null;
  if (local.length > 64 || !localPart.test(local) || !domain.test(host)) return null;
  return `${local}@${host}`;
}

/** A normalised address. Parsing normalises; a string that is no address fails with a sentence a marketer understands. */
export const EmailAddress = z.string().transform((typed, context) => {
  const email = normaliseEmail(typed);
  if (email !== null) return email;
  context.addIssue({ code: 'custom', message: 'this is not an e-mail address: write it like name@example.com' });
  return z.NEVER;
});
