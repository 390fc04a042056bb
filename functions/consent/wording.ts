import { createHash } from 'node:crypto';

/** The hash by which evidence names the words a person read: SHA-256, in hexadecimal. */
export function wordingHash(words: string): string {
  return createHash('sha256').update(words).digest('hex');
}
