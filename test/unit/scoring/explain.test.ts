import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMs } from '../../../functions/leads/fold.ts';
import type { Lead } from '../../../functions/leads/lead.ts';
import { explain } from '../../../functions/scoring/explain.ts';
import { attributesAt } from '../../../functions/scoring/person.ts';
import { compiledRichModel } from '../../support/rich-model.ts';
import { aScorer, type Scorer } from '../../support/scorer.ts';
import { anActivity } from '../../support/scoring.ts';

const start = Date.parse('2026-03-02T12:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();

const activity = fc
  .record({
    type: fc.constantFrom(
      ...['form.submitted', 'email.delivered', 'email.opened', 'email.clicked', 'page.viewed', 'trial.started'],
      ...['appointment.cancelled', 'chat.started', 'score.adjusted', 'email.unsubscribed'],
    ),
    hour: fc.integer({ min: 0, max: 90 * 24 }),
    message: fc.integer({ min: 1, max: 9 }),
    points: fc.integer({ min: -30, max: 30 }),
    company: fc.constantFrom('A', 'B', ''),
  })
  .map(({ type, hour, message, points, company }) =>
    anActivity(type, {
      occurredAt: iso(start + hour * 3_600_000),
      source: type === 'score.adjusted' ? 'operator' : 'form',
      properties: {
        path: '/pricing',
        messageId: `m-${message}`,
        link: `https://e.example/${points}`,
        points,
        author: 'Ana',
        reason: 'met',
      },
      attributes: { company, name: 'Bia' },
    }),
  );

function explainAt(scorer: Scorer, atMs: number, nowMs: number) {
  const asOf = iso(atMs);
  const past = atMs < nowMs;
  const history = past ? scorer.ledger.filter(({ occurredAt }) => occurredAt <= asOf) : scorer.ledger;
  const lead: Lead = past ? { ...scorer.lead, ...attributesAt(scorer.statements, asOf) } : scorer.lead;
  return explain(lead, history, compiledRichModel, { asOf, past });
}

it('adds up to the score exactly, now, later and at any instant before (T1, I-S6)', () => {
  const instants = fc.integer({ min: -1, max: 400 }).map((day) => start + day * dayMs + 12_345);
  fc.assert(
    fc.property(fc.array(activity, { minLength: 1, maxLength: 40 }), instants, (activities, atMs) => {
      const scorer = aScorer(compiledRichModel);
      for (const one of activities) scorer.record([one]);
      const { total, sum, entries } = explainAt(scorer, atMs, start + 200 * dayMs);
      expect(sum).toBe(total);
      const tenths = entries.reduce((added, { contribution }) => added + Math.round(contribution * 10), 0);
      expect(tenths).toBe(Math.round(total * 10));
      for (const { decay, points, contribution, capped } of entries) {
        expect(decay).toBeGreaterThanOrEqual(0);
        if (!capped) expect(Math.abs(contribution - points * decay)).toBeLessThan(0.1001);
      }
    }),
    { numRuns: 2000 },
  );
}, 60_000);

it('says who adjusted a score, and why (Q2)', () => {
  const scorer = aScorer(compiledRichModel);
  scorer.record([
    anActivity('score.adjusted', {
      source: 'operator',
      properties: { points: 12, author: 'Ana', reason: 'met at the fair' },
    }),
    // Whoever tracks an activity of that name adjusts nothing.
    anActivity('score.adjusted', { source: 'tracker', properties: { points: 1000, author: 'Eve', reason: 'why not' } }),
  ]);
  const { entries, total } = explainAt(scorer, start + dayMs, start);
  expect(total).toBe(12);
  expect(entries.map(({ rule, contribution }) => `${contribution} ${rule}`)).toContain(
    '12 adjusted by Ana: met at the fair',
  );
});
