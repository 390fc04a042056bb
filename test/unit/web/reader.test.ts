import { expect, it } from 'vitest';
import { moment } from '../../../functions/web/reader.ts';

const nowMs = Date.parse('2026-11-23T17:20:00.000Z');
const reader = { language: 'en', timeZone: 'America/Sao_Paulo', nowMs } as const;

it.each([
  [0, 'now'],
  [-20_000, '20 sec ago'],
  [-3 * 60_000, '3 min ago'],
  [59.8 * 60_000, 'in 1 hr'],
  [22.6 * 3_600_000, 'in 23 hr'],
  [23.8 * 3_600_000, 'in 1 day'],
  [48 * 3_600_000 - 5000, 'in 2 days'],
  [-3 * 86_400_000, '20 Nov 2026'],
])('says %d ms from now as %s', (ms, said) => {
  const text = String(moment(new Date(nowMs + ms).toISOString(), reader)).replace(/<[^>]+>/g, '');
  expect(text.replaceAll('.', '')).toBe(said);
});
