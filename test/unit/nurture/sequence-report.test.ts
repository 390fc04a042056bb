import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageCounter, SequenceDay } from '../../../functions/leads/sequence-day.ts';
import { Sequence } from '../../../functions/nurture/sequence.ts';
import { type EmailReport, sequenceReport, weakestStep } from '../../../functions/nurture/sequence-report.ts';

const range = { from: '2026-03-01', to: '2026-03-31' };

const aSequence = (steps: readonly unknown[]) =>
  Sequence.parse({ id: 'welcome', name: 'Welcome', entry: [{ activity: 'form.submitted' }], steps });

const three = aSequence([
  { kind: 'email', template: 'one' },
  { kind: 'wait', duration: 'P2D' },
  { kind: 'email', template: 'two' },
  { kind: 'wait', duration: 'P3D' },
  { kind: 'email', template: 'three' },
]);

function aDay(given: Partial<SequenceDay>): SequenceDay {
  return SequenceDay.parse({ sequence: 'welcome', entered: 0, left: [], steps: [], ...given });
}

const sent = (
  step: number,
  template: string,
  counts: SequenceDay['steps'][number]['counts'],
  variant: string | null = null,
) => ({
  ...{ step, template, variant, counts },
});

function emailAt(step: number, sequence: Sequence, days: readonly SequenceDay[]): EmailReport {
  const found = sequenceReport(sequence, days, range).steps.find((one) => one.step === step);
  if (found?.kind !== 'email') throw new Error(`step ${step} is no e-mail`);
  return found;
}

describe('the report of a sequence', () => {
  it('adds up the days, and says where people left and why', () => {
    const days = [
      aDay({ entered: 10, steps: [sent(1, 'one', { sent: 10, delivered: 9, opened: 4, openedRaw: 8 })] }),
      aDay({
        entered: 2,
        steps: [sent(1, 'one', { sent: 2, delivered: 2, clicked: 1, clickedRaw: 2 }), sent(3, 'two', { sent: 6 })],
        left: [
          { step: 3, reason: 'suppressed', walks: 3 },
          { step: 3, reason: 'handed-off', walks: 1 },
          { step: 5, reason: 'completed', walks: 2 },
        ],
      }),
    ];
    const report = sequenceReport(three, days, range);
    expect(report).toMatchObject({ ...range, entered: 12, completed: 2, left: { suppressed: 3, 'handed-off': 1 } });
    expect(report.steps.map(({ step, kind }) => [step, kind])).toEqual([
      [1, 'email'],
      [2, 'wait'],
      [3, 'email'],
      [4, 'wait'],
      [5, 'email'],
    ]);
    expect(emailAt(1, three, days)).toMatchObject({ sent: 12, delivered: 11, opened: 4, openedRaw: 8, clicked: 1 });
    // Sales taking over is no leak, the unsubscribed are.
    expect(emailAt(1, three, days).leak).toEqual({ lost: 3, of: 12, share: 0.25, reasons: { suppressed: 3 } });
    expect(emailAt(3, three, days).exits).toEqual({ suppressed: 3, 'handed-off': 1 });
    expect(emailAt(5, three, days).leak).toBeNull();
  });

  it('divides nothing by zero', () => {
    expect(emailAt(1, three, []).leak).toEqual({ lost: 0, of: 0, share: null, reasons: {} });
    expect(weakestStep(sequenceReport(three, [], range))).toBeNull();
  });

  it('also says who was lost before the first e-mail', () => {
    const late = aSequence([{ kind: 'wait', duration: 'P8D' }, ...three.steps]);
    const days = [aDay({ entered: 20, left: [{ step: 2, reason: 'suppressed', walks: 5 }] })];
    const report = sequenceReport(late, days, range);
    expect(report.leak).toEqual({ lost: 5, of: 20, share: 0.25, reasons: { suppressed: 5 } });
    expect(weakestStep(report)).toMatchObject({ step: 0, templates: [] });
  });

  it('names the step after which most are lost (R5)', () => {
    const days = [
      aDay({
        entered: 100,
        steps: [sent(1, 'one', { sent: 100 }), sent(3, 'two', { sent: 50 })],
        left: [
          { step: 3, reason: 'suppressed', walks: 10 },
          { step: 5, reason: 'suppressed', walks: 20 },
        ],
      }),
    ];
    expect(weakestStep(sequenceReport(three, days, range))).toMatchObject({ step: 3, leak: { share: 0.4 } });
  });

  it('shares a loss behind two ways that meet among the e-mails before it', () => {
    const forked = aSequence([
      {
        kind: 'branch',
        when: { rating: 'hot' },
        then: [{ kind: 'email', template: 'hot' }],
        else: [{ kind: 'email', template: 'cold' }],
      },
      { kind: 'wait', duration: 'P1D' },
      { kind: 'email', template: 'both' },
    ]);
    const days = [
      aDay({
        entered: 40,
        steps: [sent(2, 'hot', { sent: 10 }), sent(3, 'cold', { sent: 30 })],
        left: [{ step: 5, reason: 'suppressed', walks: 8 }],
      }),
    ];
    expect(emailAt(2, forked, days).leak).toEqual({ lost: 2, of: 10, share: 0.2, reasons: { suppressed: 2 } });
    expect(emailAt(3, forked, days).leak).toEqual({ lost: 6, of: 30, share: 0.2, reasons: { suppressed: 6 } });
  });

  it('counts everybody who left once, at the last e-mail they got, wherever they stood', () => {
    const days = [
      aDay({
        entered: 5,
        steps: [sent(1, 'one', { sent: 4 })],
        left: [
          { step: 1, reason: 'suppressed', walks: 1 },
          // They stood at an e-mail that was never sent to anybody.
          { step: 3, reason: 'suppressed', walks: 1 },
          { step: 3, reason: 'handed-off', walks: 1 },
        ],
      }),
    ];
    const report = sequenceReport(three, days, range);
    expect(report.leftBefore).toEqual({ suppressed: 1 });
    expect(emailAt(1, three, days)).toMatchObject({ leftAfter: { suppressed: 1, 'handed-off': 1 }, leak: { lost: 1 } });
    expect(emailAt(3, three, days).leftAfter).toEqual({});
  });

  it('counts who got the last e-mail before the days that are counted, too', () => {
    const days = [aDay({ left: [{ step: 3, reason: 'suppressed', walks: 2 }] })];
    expect(emailAt(1, three, days).leftAfter).toEqual({ suppressed: 2 });
  });

  it('nobody who left is forgotten or counted twice, whichever way they went', () => {
    const forked = aSequence([
      {
        kind: 'branch',
        when: { rating: 'hot' },
        then: [{ kind: 'email', template: 'hot' }],
        else: [{ kind: 'email', template: 'cold' }, { kind: 'exit' }],
      },
      { kind: 'email', template: 'both' },
      { kind: 'goal', when: { milestone: 'customer' } },
    ]);
    const walks = fc.nat(9);
    const reason = fc.constantFrom('suppressed', 'handed-off', 'goal');
    const left = fc.array(fc.record({ step: fc.integer({ min: 1, max: 6 }), reason, walks: walks.map((n) => n + 1) }));
    fc.assert(
      fc.property(walks, walks, walks, left, (entered, hot, cold, ended) => {
        const steps = [sent(2, 'hot', { sent: hot + 1 }), sent(3, 'cold', { sent: cold + 1 })];
        const report = sequenceReport(forked, [aDay({ entered, steps, left: ended })], range);
        const gaps = [report.leftBefore, ...report.steps.map((step) => (step.kind === 'email' ? step.leftAfter : {}))];
        const told = gaps.flatMap((gap) => Object.values(gap)).reduce((sum, one) => sum + one, 0);
        expect(told).toBeCloseTo(ended.reduce((sum, one) => sum + one.walks, 0));
      }),
    );
  });

  it('compares the variants of a step, and says when there is not enough to tell (T19)', () => {
    const tried = aSequence([
      {
        kind: 'email',
        variants: [
          { name: 'a', template: 'one' },
          { name: 'b', template: 'two' },
        ],
      },
    ]);
    const counted = (variant: string, delivered: number, clicked: number) =>
      sent(1, variant === 'a' ? 'one' : 'two', { sent: delivered, delivered, clicked, clickedRaw: clicked }, variant);
    const few = emailAt(1, tried, [aDay({ steps: [counted('a', 10, 1), counted('b', 10, 5)] })]);
    expect(few.variants.map(({ verdict }) => verdict)).toEqual([null, 'not enough data']);
    const many = emailAt(1, tried, [aDay({ steps: [counted('a', 1000, 50), counted('b', 1000, 120)] })]);
    expect(many).toMatchObject({ template: null, sent: 2000 });
    expect(many.variants[1]).toMatchObject({ name: 'b', verdict: 'better', clickRate: { value: 0.12 } });
    expect(many.variants[0]?.openRate).toMatchObject({ value: 0, low: 0 });
  });

  it('keeps what an earlier version of the step sent out of its figures, and shows it apart', () => {
    const days = [
      aDay({ steps: [sent(1, 'old', { sent: 3 }), sent(1, 'one', { sent: 1 })] }),
      aDay({ steps: [sent(1, 'old', { sent: 2 })] }),
    ];
    expect(emailAt(1, three, days).sent).toBe(1);
    expect(sequenceReport(three, days, range).earlier).toMatchObject([{ step: 1, template: 'old', sent: 5 }]);
  });

  it('days add up: the report of all is the sum of the reports of each (I-D1)', () => {
    const count = fc.integer({ min: 1, max: 50 });
    const anyDay = fc
      .record({ entered: fc.nat(20), sent: count, delivered: count, left: fc.nat(3) })
      .map(({ entered, left, ...counts }) =>
        aDay({
          entered,
          steps: [sent(1, 'one', counts)],
          left: left === 0 ? [] : [{ step: 3, reason: 'suppressed', walks: left }],
        }),
      );
    fc.assert(
      fc.property(fc.array(anyDay, { maxLength: 5 }), (days) => {
        const all = emailAt(1, three, days);
        const each = days.map((day) => emailAt(1, three, [day]));
        for (const counter of MessageCounter.options)
          expect(all[counter]).toBe(each.reduce((sum, one) => sum + one[counter], 0));
      }),
    );
  });
});
