import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  dueOf,
  type Enrollment,
  enroll,
  exit,
  isAt,
  mayEnroll,
  nextStep,
  runOf,
  startedBy,
  statusAt,
} from '../../../functions/nurture/enrollment.ts';
import { Sequence } from '../../../functions/nurture/sequence.ts';
import { aLead, monday } from '../../support/lead.ts';
import { aRecorded, dayMs, sequences } from '../../support/nurture.ts';

const now = Date.parse(monday);
const [welcome] = sequences;
if (!welcome) throw new Error('the shipped sequence is there');
const begun = (): Enrollment => enroll(aLead(), aRecorded(), welcome, { version: 'v1', language: 'en', now });

describe('what starts a sequence', () => {
  const forms = Sequence.parse({
    ...welcome,
    entry: [{ activity: 'form.submitted', where: { form: ['ebook', 'trial'], solution: true } }],
  });
  it.each([
    [{ form: 'trial', solution: true }, true],
    [{ form: 'ebook', solution: true }, true],
    [{ form: 'trial', solution: false }, false],
    [{ form: 'demo', solution: true }, false],
    [{}, false],
  ])('N2 %j: %s', (properties, starts) => {
    expect(startedBy(aRecorded({ properties }), [forms]).length === 1).toBe(starts);
  });

  it('is the type of the activity too', () => {
    expect(startedBy(aRecorded({ type: 'page.viewed' }), sequences)).toEqual([]);
  });
});

describe('who may begin', () => {
  const at = { activityId: 'a', occurredAt: monday };
  const qualification = {
    cycle: 1,
    reason: 'threshold',
    activityId: 'a',
    score: 55,
    qualifiedAt: monday,
    open: true,
  } as const;
  it.each([
    ['a lead who agreed', aLead(), true],
    ['nobody who only said nothing', aLead({ consent: {} }), false],
    ['nobody who has yet to confirm', aLead({ consent: { marketing: { status: 'pending', at: monday } } }), false],
    ['nobody who took it back', aLead({ consent: { marketing: { status: 'revoked', at: monday } } }), false],
    ['nobody suppressed', aLead({ suppressed: { reason: 'bounce', at: monday } }), false],
    ['nobody without a mailbox', aLead({ email: 'row-7@example.invalid' }), false],
    ['N13 nobody whom sales has', aLead({ qualification }), false],
    ['N13 nobody who has bought', aLead({ milestones: { customer: at } }), false],
  ])('%s', (_, lead, may) => {
    expect(mayEnroll(lead, welcome)).toBe(may);
  });
});

describe('a walk', () => {
  it('N1 goes from e-mail to e-mail at the delays, counted from when each was sent', () => {
    const first = begun();
    expect(first).toMatchObject({ step: 1, dueAt: monday, status: 'active' });
    const second = advance(first, welcome, now + 5_000);
    expect(second).toMatchObject({ step: 3, dueAt: new Date(now + 5_000 + 2 * dayMs).toISOString() });
    const third = advance(second, welcome, now + 3 * dayMs);
    expect(third).toMatchObject({ step: 5, dueAt: new Date(now + 6 * dayMs).toISOString() });
    expect(advance(third, welcome, now + 6 * dayMs)).toMatchObject({ step: 5, status: 'completed', dueAt: null });
  });

  it('is waiting until its step is due', () => {
    const second = advance(begun(), welcome, now);
    expect(statusAt(second, now)).toBe('waiting');
    expect(statusAt(second, now + 2 * dayMs)).toBe('active');
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

  it('never goes back and always ends, whatever the sequence', () => {
    const step = fc.oneof(
      fc.constant({ kind: 'email', template: 'welcome-1' } as const),
      fc.integer({ min: 1, max: 40 }).map((days) => ({ kind: 'wait', duration: `P${days}D` }) as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const sequence = Sequence.parse({ ...welcome, steps: [...steps, { kind: 'email', template: 'welcome-1' }] });
        const emails: number[] = [];
        let next = nextStep(sequence, 0, now);
        while (next) {
          expect(next.step).toBeGreaterThan(emails.at(-1) ?? 0);
          emails.push(next.step);
          next = nextStep(sequence, next.step, Date.parse(next.dueAt));
        }
        expect(emails).toHaveLength(sequence.steps.filter(({ kind }) => kind === 'email').length);
      }),
    );
  });
});

it('names a run by what SES takes in a tag', () => {
  expect(runOf('activity-1')).toBe('activity-1');
  expect(runOf('what? ever#')).toMatch(/^[a-z2-7]{32}$/);
});
