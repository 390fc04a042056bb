import { createHash, createHmac } from 'node:crypto';
import { base32 } from './base32.ts';

/**
 * The lead's id: base32(HMAC-SHA256(pepper, normalised e-mail)), 160 bits, 32 characters.
 * Upsert needs no look-up, and nobody without the pepper can guess or recognise an id.
 */
export function leadIdOf(email: string, pepper: string): string {
  return base32(createHmac('sha256', pepper).update(email).digest().subarray(0, 20));
}

/** A stable id from what makes a thing the same thing twice: 160 bits of SHA-256 over the parts, unambiguously joined. */
export function stableId(...parts: readonly string[]): string {
  return base32(createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 20));
}
