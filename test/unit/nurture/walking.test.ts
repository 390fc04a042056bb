import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../functions/leads/activity.ts';
import { dueOf, type Enrollment, exit, isAt, runOf, statusAt } from '../../../functions/nurture/enrollment.ts';
import { type Cause, enroll } from '../../../functions/nurture/entering.ts';
import { placeAt, programOf } from '../../../functions/nurture/program.ts';
import { emailsIn, Sequence, type Step } from '../../../functions/nurture/sequence.ts';
import { advance, historyFrom, proceed } from '../../../functions/nurture/walking.ts';
import { aLead, monday } from '../../support/lead.ts';
import { anAsked, aRecorded, dayMs, sequences } from '../../support/nurture.ts';

const now = Date.parse(monday);
const day = (days: number) => new Date(now + days * dayMs).toISOString();
const [welcome] = sequences;
if (!welcome) throw new Error('the sequence of the tests is there');
const begun = (sequence = welcome, cause: Cause = aRecorded()): Enrollment =>
  enroll(aLead(), cause, sequence, { version: 'v1', language: 'en', timeZone: 'Europe/Lisbon', now, last: null });
const of = (...steps: unknown[]) => Sequence.parse({ ...welcome, steps });
const email = (template: string) => ({ kind: 'email', template });
const wait = (duration: string) => ({ kind: 'wait', duration });
const click = (days: number, by: 'human' | 'machine' = 'human'): Activity =>
  aRecorded({ type: 'email.clicked', occurredAt: day(days), verdict: { by, reasons: [] } });

describe('a walk', () => {
  it('N1 goes from e-mail to e-mail at the delays, counted from when each was planned', () => {
    const program = programOf(welcome);
    const first = begun();
    expect(first).toMatchObject({ step: 1, dueAt: monday, status: 'active', because: null });
    const second = advance(first, program, now + 5_000);
    expect(second).toMatchObject({ step: 3, dueAt: day(2), because: 'wait' });
    // A night's delay of one e-mail does not move the next.
    const third = advance(second, program, now + 2.4 * dayMs);
    expect(third).toMatchObject({ step: 5, dueAt: day(5) });
    expect(advance(third, program, now + 5 * dayMs)).toMatchObject({ step: 5, status: 'completed', dueAt: null });
  });

  it('after more than a day’s delay counts from when the e-mail went, so that a standstill is not made up for in a row', () => {
    const second = advance(begun(), programOf(welcome), now);
    expect(advance(second, programOf(welcome), now + 9 * dayMs)).toMatchObject({ step: 5, dueAt: day(12) });
  });

  it('is waiting until its step is due, and paused while nobody lets it send', () => {
    const second = advance(begun(), programOf(welcome), now);
    expect(statusAt(second, now)).toBe('waiting');
    expect(statusAt(second, now + 2 * dayMs)).toBe('active');
    expect(statusAt({ ...second, because: 'paused' }, now)).toBe('paused');
    expect(statusAt(exit(second, 'converted', now), now)).toBe('exited');
  });

  it('Q13 always has a due time while it is active, and none when it is over', () => {
    expect(dueOf(begun())?.event).toMatchObject({ detailType: 'StepDue', detail: { run: 'activity-1', step: 1 } });
    expect(dueOf(exit(begun(), 'handed-off', now))).toBeNull();
  });

  it('is at one step of one run only, and nowhere once it is over', () => {
    expect(isAt(begun(), { run: 'activity-1', step: 1 })).toBe(true);
    expect(isAt(begun(), { run: 'activity-1', step: 3 })).toBe(false);
    expect(isAt(begun(), { run: 'activity-2', step: 1 })).toBe(false);
    expect(isAt(exit(begun(), 'suppressed', now), { run: 'activity-1', step: 1 })).toBe(false);
  });
});

describe('a walk that waits', () => {
  it('until a weekday and a time of the lead’s own', () => {
    const until = of({ kind: 'wait', until: { weekdays: ['thursday'], time: '09:00' } }, email('a'));
    expect(begun(until)).toMatchObject({ step: 2, dueAt: '2026-03-05T09:00:00.000Z' });
  });

  it('N12 until a month before the contract ends, as the deal told', () => {
    const renewal = of({ kind: 'wait', until: { property: 'contractEnd', before: 'P30D' } }, email('a'));
    const won = { activityId: 'deal-1', occurredAt: monday, properties: { contractEnd: '2027-03-02' } };
    expect(begun(renewal, won)).toMatchObject({
      dueAt: '2027-01-31T00:00:00.000Z',
      facts: { contractEnd: '2027-03-02' },
    });
    // What nobody told, or what has passed, is not waited for.
    expect(begun(renewal)).toMatchObject({ dueAt: monday });
    expect(begun(renewal, { ...won, properties: { contractEnd: '2020-01-01' } })).toMatchObject({ dueAt: monday });
  });
});

describe('a walk that waits for something', () => {
  const sequence = of(
    email('a'),
    {
      kind: 'waitFor',
      activities: [{ activity: 'email.clicked' }],
      within: 'P3D',
      then: [email('clicked')],
      else: [wait('P1D'), email('silent')],
    },
    email('both'),
  );
  const program = programOf(sequence);
  const waiting = proceed(advance(begun(sequence), program, now), program, anAsked(), now);

  it('numbers the steps as they are written, the inner ones too', () => {
    expect(program.map(({ step }) => step.kind)).toEqual(['email', 'waitFor', 'email', 'wait', 'email', 'email']);
    expect(placeAt(program, 3)).toMatchObject({ next: 6 });
    expect(placeAt(program, 5)).toMatchObject({ next: 6 });
    expect(placeAt(program, 6)).toMatchObject({ next: null });
  });

  it('stands there for as long as it may', () => {
    expect(waiting).toMatchObject({ step: 2, dueAt: day(3), because: 'wait-for' });
    expect(proceed(waiting, program, anAsked(), now + dayMs)).toBe(waiting);
    expect(historyFrom(waiting, program, now + dayMs)).toBe(monday);
  });

  it('goes on at once when a person does it, and not when a machine does', () => {
    const asked = anAsked({ history: [click(1)] });
    expect(proceed(waiting, program, asked, now + 1.1 * dayMs)).toMatchObject({ step: 3, plannedAt: day(1) });
    expect(proceed(waiting, program, anAsked({ history: [click(1, 'machine')] }), now + 1.1 * dayMs)).toBe(waiting);
  });

  it('does not count what was done before it came there, nor after its time', () => {
    const early = anAsked({ history: [click(-1)] });
    expect(proceed(waiting, program, early, now + dayMs)).toBe(waiting);
    const late = anAsked({ history: [click(3.5)] });
    expect(proceed(waiting, program, late, now + 3.6 * dayMs)).toMatchObject({ step: 5, dueAt: day(4) });
  });

  it('goes the other way when its time is over', () => {
    expect(proceed(waiting, program, anAsked(), now + 3 * dayMs)).toMatchObject({
      step: 5,
      dueAt: day(4),
      because: 'wait',
    });
  });
});

describe('a walk that branches', () => {
  const sequence = of(
    {
      kind: 'branch',
      when: { attribute: 'industry', is: { equals: 'retail' } },
      then: [email('retail')],
      else: [{ kind: 'goal', when: { milestone: 'sql' } }, { kind: 'exit' }],
    },
    email('all'),
  );
  const program = programOf(sequence);

  it('goes by what the lead is at that moment', () => {
    const asked = anAsked({ attributes: { industry: 'retail' } });
    expect(proceed(begun(sequence), program, asked, now)).toMatchObject({ step: 2, status: 'active' });
    const reached = anAsked({ milestones: { sql: {} } });
    expect(proceed(begun(sequence), program, reached, now)).toMatchObject({
      status: 'exited',
      exit: { reason: 'goal' },
    });
    expect(proceed(begun(sequence), program, anAsked(), now)).toMatchObject({ exit: { reason: 'exit-step' } });
  });
});

const predicate = fc.constantFrom(
  { milestone: 'mql' },
  { attribute: 'industry', is: { equals: 'retail' } },
  { activity: 'page.viewed', within: 'P2D' },
);
const { steps: anySteps } = fc.letrec<{ steps: unknown[]; step: unknown }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small' },
    fc.constant(email('welcome-1')),
    fc.integer({ min: 1, max: 40 }).map((days) => wait(`P${days}D`)),
    predicate.map((when) => ({ kind: 'goal', when })),
    fc.record({ kind: fc.constant('branch'), when: predicate, then: tie('steps'), else: tie('steps') }),
    fc.record({
      kind: fc.constant('waitFor'),
      activities: fc.constant([{ activity: 'page.viewed' }]),
      within: fc.constant('P3D'),
      then: tie('steps'),
      else: tie('steps'),
    }),
  ),
  steps: fc.array(tie('step'), { maxLength: 4 }),
}));

describe('any sequence', () => {
  it('always ends, never goes back, and brings no e-mail twice', () => {
    fc.assert(
      fc.property(anySteps, fc.array(fc.integer({ min: 0, max: 200 })), (steps, views) => {
        const sequence = Sequence.parse({ ...welcome, steps: [...steps, email('last')] });
        const program = programOf(sequence);
        expect(program).toHaveLength(sizeOf(sequence.steps));
        const history = views.map((days) => aRecorded({ type: 'page.viewed', occurredAt: day(days) }));
        const emails: number[] = [];
        let walk = begun(sequence);
        let clock = now;
        for (let round = 0; walk.status === 'active'; round++) {
          expect(round).toBeLessThan(3 * program.length + 3);
          expect(walk.dueAt).not.toBeNull();
          clock = Math.max(clock, Date.parse(walk.dueAt ?? monday));
          const moved = proceed(walk, program, anAsked({ history }), clock);
          const isEmail = moved.status === 'active' && placeAt(program, moved.step).step.kind === 'email';
          expect(moved.step).toBeGreaterThanOrEqual(walk.step);
          if (isEmail && Date.parse(moved.dueAt ?? '') <= clock) {
            expect(moved.step).toBeGreaterThan(emails.at(-1) ?? 0);
            emails.push(moved.step);
            walk = advance(moved, program, clock);
          } else walk = moved;
        }
        expect(emails.length).toBeLessThanOrEqual(emailsIn(sequence.steps).length);
      }),
      { numRuns: 500 },
    );
  });
});

function sizeOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + ('then' in step ? sizeOf(step.then) + sizeOf(step.else) : 0), 0);
}

it('names a run by what SES takes in a tag', () => {
  expect(runOf('activity-1')).toBe('activity-1');
  expect(runOf('what? ever#')).toMatch(/^[a-z2-7]{32}$/);
});
