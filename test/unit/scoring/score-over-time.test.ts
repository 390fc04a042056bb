import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CapturedActivity } from '../../../functions/leads/activity.ts';
import { explain } from '../../../functions/scoring/explain.ts';
import { attributesAt } from '../../../functions/scoring/person.ts';
import { scoreOverTime } from '../../../functions/scoring/score-over-time.ts';
import { compiledRichModel } from '../../support/rich-model.ts';
import { aScorer } from '../../support/scorer.ts';
import { anActivity, compiledShippedModel } from '../../support/scoring.ts';

const start = Date.parse('2026-03-02T12:00:00.000Z');
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const iso = (ms: number) => new Date(ms).toISOString();

const message = fc.constant('m-1');
const link = fc.constantFrom('https://example.com/a', 'https://example.com/b', 'https://example.com/c');
const something = fc.oneof(
  fc
    .constantFrom('list.subscribed', 'trial.started', 'chat.started', 'appointment.cancelled')
    .map((type) => ({ type })),
  fc.constantFrom('A', 'B').map((company) => ({ type: 'form.submitted', attributes: { company } })),
  fc.record({ messageId: message }).map((properties) => ({ type: 'email.delivered', properties })),
  fc.record({ messageId: message, userAgent: fc.constantFrom('Mozilla/5.0', 'Firefox') }).map((properties) => ({
    type: 'email.opened',
    properties,
  })),
  fc
    .record({ messageId: message, link, linkId: fc.constantFrom('l-1', 'l-2'), ipAddress: fc.constantFrom('1', '2') })
    .map((properties) => ({ type: 'email.clicked', properties })),
  fc
    .record({ path: fc.constantFrom('/pricing', '/'), linkId: fc.constantFrom('l-1', 'l-2') })
    .map((properties) => ({ type: 'page.viewed', properties })),
);

// Close together, where verdicts are made, and over weeks, where points fade and silences end.
const instant = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 8 }))
  .map(([fortnight, half]) => iso(start + fortnight * 14 * dayMs + (half * minuteMs) / 2));

const histories = fc.array(
  fc.tuple(something, instant).map(([{ type, ...said }, occurredAt]) => anActivity(type, { ...said, occurredAt })),
  { minLength: 1, maxLength: 25 },
);

it.each([compiledShippedModel, compiledRichModel])(
  'says of every instant what the explanation says ($version)',
  (model) => {
    fc.assert(
      fc.property(histories, (captured: readonly CapturedActivity[]) => {
        const untilMs = start + 90 * dayMs;
        const scorer = aScorer(model, iso(untilMs));
        scorer.record(captured);
        const { lead, ledger: history, statements } = scorer;
        const span = { fromMs: Date.parse(lead.createdAt), untilMs, steps: 30 };
        for (const { at, total } of scoreOverTime({ lead, history, statements }, model, span)) {
          const then = { ...lead, ...attributesAt(statements, at) };
          const until = history.filter(({ occurredAt }) => occurredAt <= at);
          const explained = explain(then, until, model, { asOf: at, past: true });
          expect({ at, total }).toEqual({ at, total: explained.total });
        }
      }),
      { numRuns: 150 },
    );
  },
);

it('ends at the score of now, and shows every jump and the fall between', () => {
  const scorer = aScorer(compiledShippedModel, iso(start + 60 * dayMs));
  scorer.record([
    anActivity('trial.started', { occurredAt: iso(start) }),
    anActivity('list.subscribed', { occurredAt: iso(start + dayMs) }),
  ]);
  const span = { fromMs: start, untilMs: start + 60 * dayMs, steps: 4 };
  const { lead, ledger: history, statements } = scorer;
  const points = scoreOverTime({ lead, history, statements }, compiledShippedModel, span);
  expect(points.map(({ total }) => total)).toEqual([25, 24.7, 29.7, 25.3, 21.3, 17.9, 15]);
  expect(points.at(-1)?.total).toBe(lead.score.total);
});

it('stays small for a lead who did a thousand things', () => {
  const scorer = aScorer();
  const views = Array.from({ length: 1000 }, (_, n) =>
    anActivity('page.viewed', { occurredAt: iso(start + n * 60 * minuteMs), properties: { path: '/pricing' } }),
  );
  scorer.record(views, iso(start + 60 * dayMs));
  const { lead, ledger: history, statements } = scorer;
  const span = { fromMs: start, untilMs: start + 60 * dayMs, steps: 60 };
  expect(scoreOverTime({ lead, history, statements }, compiledShippedModel, span).length).toBeLessThanOrEqual(200);
});
