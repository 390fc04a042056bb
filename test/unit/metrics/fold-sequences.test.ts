import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageCounts } from '../../../functions/leads/sequence-day.ts';
import { DayRow } from '../../../functions/metrics/day-row.ts';
import { foldSequences } from '../../../functions/metrics/fold-sequences.ts';

const at = '2026-03-02T12:00:00.000Z';
const of = { leadId: 'lead-1', sequence: 'welcome', run: 'r1', step: 1 };

const aSend = (given: Record<string, unknown> = {}) =>
  DayRow.parse({ ...of, kind: 'send', status: 'sent', template: 'welcome-1', purpose: 'marketing', ...given });
const aMessage = (given: Record<string, unknown> = {}) =>
  DayRow.parse({ ...of, kind: 'message', template: 'welcome-1', ...given });
const aWalk = (what: string, given: Record<string, unknown> = {}) =>
  DayRow.parse({ ...of, kind: 'walk', what, ...given });

function countsOf(rows: readonly DayRow[]): readonly MessageCounts[] {
  return foldSequences(rows).flatMap(({ steps }) => steps.map(({ counts }) => counts));
}

describe('a sequence’s day', () => {
  it('counts a message once, on the day of its fate: its record may stand in another, around midnight (I-D1)', () => {
    expect(countsOf([aSend()])).toEqual([]);
    expect(countsOf([aMessage()])).toEqual([{ sent: 1 }]);
    expect(countsOf([aSend(), aMessage({ deliveredAt: at }), aSend()])).toEqual([{ sent: 1, delivered: 1 }]);
  });

  it('takes what the provider knows over what our record has given up', () => {
    expect(countsOf([aSend({ status: 'unconfirmed' })])).toEqual([{ unconfirmed: 1 }]);
    expect(countsOf([aMessage({ deliveredAt: at }), aSend({ status: 'unconfirmed' })])).toEqual([
      { sent: 1, delivered: 1 },
    ]);
  });

  it('counts a machine’s open beside people’s, never among them (N11, Q9)', () => {
    const rows = [aMessage({ openedRawAt: at, clickedAt: at }), aMessage({ leadId: 'lead-2', openedAt: at })];
    expect(countsOf(rows)).toEqual([{ sent: 2, delivered: 2, opened: 1, openedRaw: 2, clicked: 1, clickedRaw: 1 }]);
  });

  it('keeps steps, variants and templates apart', () => {
    const [day] = foldSequences([
      aMessage({ step: 3, template: 'b', variant: 'two' }),
      aMessage({ step: 3, template: 'a', variant: 'one', leadId: 'lead-2' }),
      aSend({ status: 'failed' }),
    ]);
    expect(day?.steps.map(({ step, template, variant }) => [step, template, variant])).toEqual([
      [1, 'welcome-1', null],
      [3, 'a', 'one'],
      [3, 'b', 'two'],
    ]);
  });

  it('counts who came and who left, where and why', () => {
    const [day] = foldSequences([
      aWalk('entered'),
      aWalk('entered'),
      aWalk('entered', { leadId: 'lead-2' }),
      aWalk('left', { leadId: 'lead-2', step: 3, reason: 'handed-off' }),
      aWalk('left', { step: 5, reason: 'completed' }),
    ]);
    expect(day?.entered).toBe(2);
    expect(day?.left).toEqual([
      { step: 3, reason: 'handed-off', walks: 1 },
      { step: 5, reason: 'completed', walks: 1 },
    ]);
  });

  it('leaves out what colleagues get', () => {
    expect(foldSequences([aSend({ sequence: 'handoff', purpose: 'team' })])).toEqual([]);
  });
});

const instant = fc.option(fc.constant(at), { nil: undefined });
const anyRow: fc.Arbitrary<DayRow> = fc
  .record({
    leadId: fc.constantFrom('lead-1', 'lead-2', 'lead-3'),
    sequence: fc.constantFrom('welcome', 'faq'),
    run: fc.constantFrom('r1', 'r2'),
    step: fc.integer({ min: 1, max: 3 }),
    template: fc.constant('t'),
  })
  .chain((about) =>
    fc.oneof(
      fc
        .constantFrom('sent', 'unconfirmed', 'failed', 'suppressed', 'cancelled')
        .map((status) => aSend({ ...about, status })),
      fc
        .record({
          ...{
            deliveredAt: instant,
            openedAt: instant,
            openedRawAt: instant,
            clickedAt: instant,
            clickedRawAt: instant,
          },
          ...{ repliedAt: instant, bouncedAt: instant, complainedAt: instant, unsubscribedAt: instant },
        })
        .map((fate) => aMessage({ ...about, ...fate })),
      fc.constantFrom('entered', 'left').map((what) => aWalk(what, about)),
    ),
  );

describe('whatever the day holds', () => {
  // Each message as the index holds it: one row of each kind.
  const anyDay = fc.uniqueArray(anyRow, {
    maxLength: 40,
    selector: (row) =>
      'run' in row
        ? [row.kind, row.leadId, row.sequence, row.run, row.kind === 'walk' ? row.what : row.step].join()
        : '',
  });

  it('the funnel narrows: sent ≥ delivered ≥ unique human clicks, and people never outnumber everybody (I-D3)', () => {
    fc.assert(
      fc.property(anyDay, (rows) => {
        for (const { sent = 0, delivered = 0, ...rest } of countsOf(rows)) {
          const { clicked = 0, clickedRaw = 0, opened = 0, openedRaw = 0, replies = 0 } = rest;
          expect(sent).toBeGreaterThanOrEqual(delivered);
          for (const raw of [clickedRaw, openedRaw, replies]) expect(delivered).toBeGreaterThanOrEqual(raw);
          expect(clickedRaw).toBeGreaterThanOrEqual(clicked);
          expect(openedRaw).toBeGreaterThanOrEqual(opened);
        }
      }),
    );
  });

  it('neither the order of the rows nor a row that comes twice changes a figure', () => {
    fc.assert(
      fc.property(anyDay, fc.infiniteStream(fc.nat()), (rows, dice) => {
        const shuffled = rows
          .flatMap((row) => [row, row])
          .map((row) => ({ row, at: dice.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row);
        expect(foldSequences(shuffled)).toEqual(foldSequences(rows));
      }),
    );
  });
});
