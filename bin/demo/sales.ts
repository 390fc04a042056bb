import { createHash } from 'node:crypto';
import { chance } from './chance.ts';

/** A hand-off as far as a rep looks at it. Times are epoch milliseconds; `assignedAt` is when the one who has it got it. */
export interface Seen {
  readonly handoffId: string;
  readonly status: string;
  readonly rep: string | null;
  readonly level: string;
  readonly turn: number;
  readonly outcome: string | null;
  readonly assignedAt: number;
  readonly acceptedAt: number | null;
}

/** What a rep posts: to which of the hand-off's addresses, and what. */
export interface Deed {
  readonly handoffId: string;
  readonly action: 'accept' | 'reject' | 'outcome';
  readonly body: Readonly<Record<string, unknown>>;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How often a rep lets a lead lie, and how often they win: five people who are not equally good. */
const habits: Readonly<Record<string, { readonly misses: number; readonly wins: number }>> = {
  'ana-souza': { misses: 0.05, wins: 0.4 },
  'bruno-lima': { misses: 0.1, wins: 0.25 },
  'carla-mendes': { misses: 0.05, wins: 0.3 },
  'daniel-rocha': { misses: 0.25, wins: 0.2 },
  'elena-martin': { misses: 0.15, wins: 0.25 },
};
const usual = { misses: 0, wins: 0.2 };

/** What this rep does with a hand-off now; `null`: nothing yet. The same hand-off at the same moment: the same deed. */
export function deedOf(seen: Seen, now: number): Deed | null {
  const { handoffId, rep, status } = seen;
  const { misses, wins } = habits[rep ?? ''] ?? usual;
  const dice = chance(createHash('sha256').update(`${handoffId}#${seen.turn}`).digest().readUInt32BE(0));
  if (status === 'assigned') {
    if (dice.happens(misses) && seen.level !== 'manager') return null;
    if (dice.happens(0.08)) return { handoffId, action: 'reject', body: { reason: rejection(dice) } };
    return { handoffId, action: 'accept', body: {} };
  }
  if (status !== 'accepted' || seen.acceptedAt === null) return null;
  const age = now - seen.acceptedAt;
  const patienceMs = (2 + dice.next() * 10) * dayMs;
  if (age > patienceMs) return { handoffId, action: 'outcome', body: ending(dice, wins) };
  if (age > dayMs && seen.outcome === 'contacted' && dice.happens(0.6))
    return { handoffId, action: 'outcome', body: { outcome: 'meeting' } };
  if (age > hourMs && seen.outcome === null) return { handoffId, action: 'outcome', body: { outcome: 'contacted' } };
  return null;
}

type Dice = ReturnType<typeof chance>;

function rejection(dice: Dice): string {
  return dice.weighted([
    ['not-ready', 3],
    ['not-a-fit', 2],
    ['unreachable', 1],
    ['duplicate', 1],
    ['not-mine', 2],
  ]);
}

function ending(dice: Dice, wins: number): Record<string, unknown> {
  const amount = { amountMinor: dice.between(8, 90) * 50_000, currency: 'BRL' };
  if (dice.happens(wins)) return { outcome: 'won', amount };
  if (dice.happens(0.5)) return { outcome: 'recycled' };
  const reason = dice.pick(['price', 'competitor', 'no-decision', 'missing-feature', 'other']);
  return { outcome: 'lost', reason };
}
