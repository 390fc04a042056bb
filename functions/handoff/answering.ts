import { withEntry } from './handing.ts';
import { type Handoff, isOpen } from './handoff.ts';
import type { Team } from './team.ts';

/** What sales says of a hand-off. */
export type Answer =
  | { readonly answer: 'accept' }
  | { readonly answer: 'reject'; readonly reason: string }
  | { readonly answer: 'contacted' }
  | { readonly answer: 'meeting' }
  | { readonly answer: 'won'; readonly amount: Handoff['amount'] }
  | { readonly answer: 'lost'; readonly reason: string }
  | { readonly answer: 'recycled' };

export interface Answering {
  readonly answer: Answer;
  /** Who says so: the id of a rep or of the manager; empty: whoever has it. */
  readonly by: string;
  /** Of a link: it speaks for this turn alone. */
  readonly turn?: number | undefined;
  /** ISO. */
  readonly at: string;
}

/**
 * `done`: it is as it was said, or was so already. `passed-on`: this one does not take it, and somebody else is to be looked for.
 * `taken`: somebody has accepted it, or it is somebody else's to answer. `stale`: it has gone on since. `closed`: it is over.
 */
export type Answered =
  | { readonly outcome: 'done' | 'passed-on'; readonly handoff: Handoff }
  | { readonly outcome: 'taken' | 'stale' | 'closed' | 'not-accepted' | 'unknown-reason' | 'unknown-rep' };

/** What an answer makes of a hand-off. The same answer again makes nothing more of it. */
export function answered(handoff: Handoff, { answer, by, turn, at }: Answering, team: Team): Answered {
  if (turn !== undefined && turn !== handoff.turn) return { outcome: 'stale' };
  if (!isOpen(handoff)) return { outcome: 'closed' };
  const who = by || handoff.rep;
  if (who === null || !isOfTeam(team, who)) return { outcome: 'unknown-rep' };
  // Whoever has it and says so again may never have heard that they have it.
  if (answer.answer === 'accept' && handoff.status === 'accepted' && handoff.rep === by)
    return { outcome: 'done', handoff };
  if (answer.answer === 'accept') return accepted(handoff, who, at, team);
  // What somebody else has is theirs to answer; the manager answers for everybody.
  if (handoff.rep === null) return { outcome: 'not-accepted' };
  if (who !== handoff.rep && who !== team.manager.id) return { outcome: 'taken' };
  if (answer.answer === 'reject') return rejected(handoff, who, answer.reason, at, team);
  if (handoff.status !== 'accepted') return { outcome: 'not-accepted' };
  return reported(handoff, answer, who, at, team);
}

function accepted(handoff: Handoff, who: string, at: string, team: Team): Answered {
  const { rep } = handoff;
  if (handoff.status === 'accepted' && !isOrphaned(handoff, at, team)) return { outcome: 'taken' };
  const isTakenOver = rep !== who;
  const taken: Handoff = {
    ...handoff,
    ...{ status: 'accepted', rep: who, acceptedAt: at, dueAt: null },
    // Who takes what was somebody else's, or waited for anybody, has a turn of their own.
    ...(isTakenOver && {
      outcome: null,
      ...{ turn: handoff.turn + 1, assignedAt: at, firstAssignedAt: handoff.firstAssignedAt ?? at },
      reason: { rule: 'chosen', method: 'chosen' as const, candidates: [who], exclusions: [], passedRules: [] },
    }),
  };
  return { outcome: 'done', handoff: withEntry(taken, { at, what: 'accepted', rep: who, by: who }) };
}

/** A rollout is over by then. */
const rolloutMs = 60 * 60_000;

/** Has the rep who accepted it left the team? Somebody who has just come is not known everywhere yet. */
function isOrphaned({ rep, acceptedAt }: Handoff, at: string, team: Team): boolean {
  return !isOfTeam(team, rep) && Date.parse(at) - Date.parse(acceptedAt ?? at) > rolloutMs;
}

function rejected(handoff: Handoff, who: string, reason: string, at: string, team: Team): Answered {
  const known = team.rejectionReasons.find(({ id }) => id === reason);
  if (!known) return { outcome: 'unknown-reason' };
  const entry = { at, rep: handoff.rep, by: who, reason };
  if (known.then === 'next-rep') {
    const open: Handoff = { ...handoff, status: 'assigned', acceptedAt: null, outcome: null };
    return { outcome: 'passed-on', handoff: withEntry(open, { ...entry, what: 'declined' }) };
  }
  return { outcome: 'done', handoff: closed(handoff, 'rejected', { ...entry, what: 'rejected' }) };
}

function reported(
  handoff: Handoff,
  answer: Exclude<Answer, { answer: 'accept' | 'reject' }>,
  who: string,
  at: string,
  team: Team,
): Answered {
  const entry = { at, rep: handoff.rep, by: who, what: answer.answer };
  const firstTouchAt = handoff.firstTouchAt ?? at;
  switch (answer.answer) {
    case 'contacted':
    case 'meeting':
      // Each once: a rep's share may hang on how often they reach leads.
      if (hasSaid(handoff, answer.answer)) return { outcome: 'done', handoff };
      return { outcome: 'done', handoff: withEntry({ ...handoff, outcome: answer.answer, firstTouchAt }, entry) };
    case 'won':
      return { outcome: 'done', handoff: closed({ ...handoff, firstTouchAt, amount: answer.amount }, 'won', entry) };
    case 'lost':
      if (!team.lossReasons.some(({ id }) => id === answer.reason)) return { outcome: 'unknown-reason' };
      return { outcome: 'done', handoff: closed(handoff, 'lost', { ...entry, reason: answer.reason }) };
    case 'recycled':
      return { outcome: 'done', handoff: closed(handoff, 'recycled', entry) };
  }
}

function hasSaid({ history, rep }: Handoff, answer: 'contacted' | 'meeting'): boolean {
  return history.some((entry) => entry.what === answer && entry.rep === rep);
}

/** Over: by what sales has said, or by a deal that came to be known elsewhere. */
export function closed(
  handoff: Handoff,
  status: 'rejected' | 'won' | 'lost' | 'recycled',
  entry: Handoff['history'][number],
): Handoff {
  const over = { status, outcome: status, outcomeReason: entry.reason ?? null, closedAt: entry.at, dueAt: null };
  return withEntry({ ...handoff, ...over }, entry);
}

function isOfTeam({ reps, manager }: Team, who: string | null): boolean {
  return [...reps, manager].some(({ id }) => id === who);
}
