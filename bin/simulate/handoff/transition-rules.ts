import { isDeepStrictEqual } from 'node:util';
import { type HandoffStatus, isOpen } from '../../../functions/handoff/handoff.ts';
import type { Circumstances, Transition } from './sales-chronicle.ts';

/** Clocks of two machines are never further apart, and a knock that comes so early is on time. */
const skewMs = 1_750;
/** In calm weather nobody keeps a lead for longer than their time, the minute until the sweep, and some for the queue. */
const lateMs = 3 * 60_000;

type Known = HandoffStatus | 'new';
const next: Readonly<Record<Known, readonly HandoffStatus[]>> = {
  new: ['queued', 'assigned'],
  queued: ['queued', 'assigned', 'accepted', 'rejected', 'won', 'lost'],
  assigned: ['assigned', 'accepted', 'rejected', 'won', 'lost'],
  accepted: ['accepted', 'assigned', 'rejected', 'won', 'lost', 'recycled'],
  rejected: [],
  recycled: [],
  won: [],
  lost: [],
};

/** What may become of a hand-off from one write to the next, whoever does it. */
export function brokenTransition({ before, after, added }: Transition, { calmSince, now }: Circumstances): string[] {
  const broken: string[] = [];
  const must = (holds: boolean, rule: string) => {
    if (!holds) broken.push(rule);
  };
  const was: Known = before?.status ?? 'new';
  const kinds = added.map(({ what }) => what);
  must(after.ver === (before?.ver ?? 0) + 1, `I-H1: written over: version ${before?.ver ?? 0} → ${after.ver}`);
  must(next[was].includes(after.status), `status: ${was} → ${after.status}`);
  must(
    isDeepStrictEqual(after.history.slice(0, before?.history.length ?? 0), before?.history ?? []),
    'its history was written anew',
  );
  must(isOpen(after) || (after.closedAt !== null && after.dueAt === null), 'closed, and something is due');
  must(after.status !== 'queued' || (after.rep === null && after.dueAt !== null), 'waits, and nobody will ever look');
  must(after.rep !== null || after.status === 'queued' || !isOpen(after), `${after.status}, and nobody has it`);

  const gives = kinds.some((what) => what === 'assigned' || what === 'escalated');
  const takesOver = kinds.includes('accepted') && after.rep !== before?.rep;
  must(
    after.turn === (before?.turn ?? 0) + (gives || takesOver ? 1 : 0),
    `turn ${before?.turn ?? 0} → ${after.turn} by ${kinds.join(', ') || 'nothing'}`,
  );
  must(gives || takesOver || after.rep === (before?.rep ?? null), `from ${before?.rep} to ${after.rep} by ${kinds}`);

  if (was === 'accepted') {
    const declined = kinds.includes('declined');
    must(
      declined || after.acceptedAt === before?.acceptedAt,
      `accepted at ${before?.acceptedAt} → ${after.acceptedAt}`,
    );
    must(!kinds.includes('missed'), 'SLA: taken from somebody who has accepted it');
    must(!kinds.includes('accepted'), 'accepted twice');
  }
  const missed = added.find(({ what }) => what === 'missed');
  if (missed) {
    const dueMs = before?.dueAt ? Date.parse(before.dueAt) : Number.POSITIVE_INFINITY;
    must(Date.parse(missed.at) >= dueMs - skewMs, `SLA: taken at ${missed.at}, due at ${before?.dueAt}`);
    must(calmSince() > dueMs || now() <= dueMs + lateMs, `SLA: kept until ${missed.at}, due at ${before?.dueAt}`);
  }
  return broken;
}
