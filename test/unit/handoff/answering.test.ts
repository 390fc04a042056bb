import { describe, expect, it } from 'vitest';
import { type Answer, answered } from '../../../functions/handoff/answering.ts';
import { begun, givenTo } from '../../../functions/handoff/handing.ts';
import type { Handoff } from '../../../functions/handoff/handoff.ts';
import { aLead, aQualification, aTeam, monday } from './a-qualified-lead.ts';

const team = aTeam();
const lead = aLead();
const reason = {
  rule: 'round-robin',
  method: 'round-robin',
  candidates: ['ana'],
  exclusions: [],
  passedRules: [],
} as const;
const at = '2026-03-02T12:10:00.000Z';

/** Ana's, until 12:30. */
const assigned = givenTo(begun(aQualification(), lead, []), {
  ...{ rep: 'ana', level: 'rep', at: monday, dueAt: '2026-03-02T12:30:00.000Z', lead },
  reason: { ...reason, candidates: ['ana'], exclusions: [], passedRules: [] },
});

function said(handoff: Handoff, answer: Answer, by = '', turn?: number) {
  return answered(handoff, { answer, by, turn, at }, team);
}

function made(handoff: Handoff, answer: Answer, by = ''): Handoff {
  const outcome = said(handoff, answer, by);
  if (!('handoff' in outcome)) throw new Error(outcome.outcome);
  return outcome.handoff;
}

const accepted = made(assigned, { answer: 'accept' });

describe('what sales says of a hand-off', () => {
  it('accepts: the clock stops, and who was first is told to whoever comes second', () => {
    expect(accepted).toMatchObject({ status: 'accepted', rep: 'ana', acceptedAt: at, dueAt: null, turn: 1 });
    expect(said(accepted, { answer: 'accept' }).outcome).toBe('taken');
    expect(said(accepted, { answer: 'accept' }, 'bruno').outcome).toBe('taken');
  });

  it('is done for whoever has accepted it and asks again: the first answer may never have reached them', () => {
    expect(said(accepted, { answer: 'accept' }, 'ana')).toEqual({ outcome: 'done', handoff: accepted });
  });

  it('may be taken over while nobody has accepted it, and waits for nobody then', () => {
    const taken = made(assigned, { answer: 'accept' }, 'bruno');
    expect(taken).toMatchObject({ status: 'accepted', rep: 'bruno', turn: 2, reason: { method: 'chosen' } });
    const waiting: Handoff = { ...assigned, status: 'queued', rep: null };
    expect(made(waiting, { answer: 'accept' }, 'marta')).toMatchObject({ status: 'accepted', rep: 'marta' });
    expect(said(waiting, { answer: 'accept' }).outcome).toBe('unknown-rep');
  });

  it('is closed by a rejection with a reason of the list, and passed on by one that says: not mine', () => {
    expect(made(assigned, { answer: 'reject', reason: 'not-ready' })).toMatchObject({
      ...{ status: 'rejected', outcome: 'rejected', outcomeReason: 'not-ready', closedAt: at, dueAt: null },
    });
    const passed = said(accepted, { answer: 'reject', reason: 'not-mine' });
    expect(passed).toMatchObject({ outcome: 'passed-on', handoff: { status: 'assigned', acceptedAt: null } });
    expect(said(assigned, { answer: 'reject', reason: 'because' }).outcome).toBe('unknown-reason');
  });

  it('takes reports from whoever accepted it, or from the manager, and from nobody else', () => {
    expect(said(assigned, { answer: 'contacted' }).outcome).toBe('not-accepted');
    expect(said(accepted, { answer: 'contacted' }, 'bruno').outcome).toBe('taken');
    expect(made(accepted, { answer: 'contacted' }, 'marta')).toMatchObject({ outcome: 'contacted', firstTouchAt: at });
    const amount = { amountMinor: 120_000, currency: 'BRL' };
    expect(made(accepted, { answer: 'won', amount })).toMatchObject({ status: 'won', amount, closedAt: at });
    expect(made(accepted, { answer: 'lost', reason: 'price' })).toMatchObject({
      status: 'lost',
      outcomeReason: 'price',
    });
    expect(made(accepted, { answer: 'recycled' })).toMatchObject({ status: 'recycled' });
  });

  it('does nothing when it is said again, when it is over, or when the link is of an earlier turn', () => {
    const contacted = made(accepted, { answer: 'contacted' });
    expect(made(contacted, { answer: 'contacted' })).toBe(contacted);
    const won = made(accepted, { answer: 'won', amount: null });
    for (const answer of [{ answer: 'accept' }, { answer: 'recycled' }, { answer: 'contacted' }] as const)
      expect(said(won, answer).outcome).toBe('closed');
    expect(said({ ...assigned, turn: 2 }, { answer: 'accept' }, 'ana', 1).outcome).toBe('stale');
  });

  it("is anybody's again when whoever accepted it has left the team", () => {
    const gone: Handoff = { ...accepted, rep: 'left-long-ago', acceptedAt: '2026-03-01T12:10:00.000Z' };
    expect(said({ ...gone, acceptedAt: at }, { answer: 'accept' }, 'bruno').outcome).toBe('taken');
    expect(made(gone, { answer: 'accept' }, 'bruno')).toMatchObject({ status: 'accepted', rep: 'bruno', turn: 2 });
  });

  it('looks for a rep once more when the manager says: not mine', () => {
    const manager: Handoff = { ...assigned, rep: 'marta', level: 'manager', turn: 3 };
    expect(said(manager, { answer: 'reject', reason: 'not-mine' })).toMatchObject({
      ...{ outcome: 'passed-on', handoff: { status: 'assigned' } },
    });
  });

  it('knows only its own team', () => {
    expect(said(assigned, { answer: 'accept' }, 'mallory').outcome).toBe('unknown-rep');
  });
});
