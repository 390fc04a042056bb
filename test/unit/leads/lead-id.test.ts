import { expect, it } from 'vitest';
import { leadIdOf, stableId } from '../../../functions/leads/lead-id.ts';

it('is RFC 4648 base32 of the keyed hash, the same for ever: another would orphan every lead', () => {
  // printf 'ana@example.com' | openssl dgst -sha256 -hmac pepper -binary | head -c 20 | base32 | tr A-Z a-z
  expect(leadIdOf('ana@example.com', 'pepper')).toBe('snz526li5xgjz6fz43h3vqvuhduhgdwf');
  // printf '["form","s-1"]' | openssl dgst -sha256 -binary | head -c 20 | base32 | tr A-Z a-z
  expect(stableId('form', 's-1')).toBe('jgpx4najakruj75iwdru22dz3awvz65r');
});
