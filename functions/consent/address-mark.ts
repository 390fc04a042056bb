import { createHmac } from 'node:crypto';
import type { LinkKeys } from '../leads/link-token.ts';

/** Eight characters: enough that no other address of the same person has it. */
const markBytes = 6;

/**
 * Which address a link was sent to, as a mark that tells nobody which: a person may move to another address, and whoever reads the old
 * mailbox must not say yes for the new one.
 */
export function addressMark(email: string, keys: LinkKeys): string {
  return markBy(keys[keys.current] ?? '', email);
}

/** Was the link with this mark sent to this address? Whichever of our keys made it: old ones stay. */
export function isMarkOf(mark: string, email: string, keys: LinkKeys): boolean {
  return Object.entries(keys).some(([kid, key]) => kid !== 'current' && markBy(key, email) === mark);
}

function markBy(key: string, email: string): string {
  return createHmac('sha256', key).update(`address.${email}`).digest().subarray(0, markBytes).toString('base64url');
}
