import { createHash, createHmac } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 base32 in lower case, without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
  }
  return text;
}

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
