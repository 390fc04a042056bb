import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMs, scoreAt } from '../../../functions/leads/fold.ts';
import { compileModel } from '../../../functions/scoring/compiled-model.ts';
import { nextChange } from '../../../functions/scoring/cooling.ts';
import { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import { settle } from '../../../functions/scoring/settle.ts';
import { aScorer } from '../../support/scorer.ts';
import { anActivity, compiledShippedModel, shippedModel, trialSubmission } from '../../support/scoring.ts';

const start = Date.parse('2026-03-02T12:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();

/** A hot lead of 55 points, all of them of noon. */
function hot() {
  const scorer = aScorer(compiledShippedModel, iso(start));
  scorer.record([
    ...trialSubmission(),
    anActivity('email.opened', { properties: { messageId: 'm-1' } }),
    anActivity('email.clicked', { properties: { messageId: 'm-1', link: 'https://example.com/' } }),
    anActivity('page.viewed', { properties: { path: '/pricing' } }),
  ]);
  return scorer;
}

it('knows the very millisecond at which a hot lead cools, as the formula has it', () => {
  const { lead } = hot();
  expect([lead.score.total, lead.rating]).toEqual([55, 'hot']);
  const dueMs = Date.parse(lead.dueAt ?? '');
  // One half-life and no limit reached: 55 · 2^(-t/60 d) rounds to less than 48 from the moment it is below 47.95.
  const formulaMs = start + 60 * dayMs * Math.log2(55 / 47.95);
  expect(Math.abs(dueMs - formulaMs)).toBeLessThan(2000);
  expect(scoreAt(lead.fold, dueMs - 1).total).toBe(48);
  expect(scoreAt(lead.fold, dueMs).total).toBe(47.9);
});

it('goes down step by step: warm, ready for another crossing, cold; then never again', () => {
  let { lead } = hot();
  const steps: unknown[] = [];
  for (let due = lead.dueAt; due; due = lead.dueAt) {
    const at = Date.parse(due);
    const settled = settle({ ...lead, dueAt: null }, compiledShippedModel, at);
    lead = { ...settled, dueAt: nextChange(settled, compiledShippedModel, at) };
    steps.push([lead.rating, lead.armed, lead.score.total]);
  }
  expect(steps).toEqual([
    ['warm', false, 47.9],
    ['warm', true, 39.9],
    ['cold', true, 22.9],
  ]);
});

it('is put off by a late activity, without another entry on the due index', () => {
  const scorer = hot();
  const before = scorer.lead.dueAt;
  const more = scorer.record([anActivity('email.replied', { occurredAt: iso(start + dayMs) })], iso(start + 2 * dayMs));
  expect(more.dueAt).toBeUndefined();
  expect(scorer.lead.dueAt).toBe(before);
  const settled = settle({ ...scorer.lead, dueAt: null }, compiledShippedModel, Date.parse(before ?? ''));
  expect(settled.rating).toBe('hot');
  expect((nextChange(settled, compiledShippedModel, Date.parse(before ?? '')) ?? '') > (before ?? '')).toBe(true);
});

it('comes earlier when points are taken away', () => {
  const scorer = hot();
  const before = scorer.lead.dueAt ?? '';
  const { dueAt } = scorer.record([anActivity('appointment.cancelled', { properties: { subject: 's-1' } })]);
  expect((dueAt ?? '~') < before).toBe(true);
});

it('keeps a hot rating for an open request, whatever the score', () => {
  const scorer = aScorer(compiledShippedModel, iso(start));
  scorer.record([anActivity('chat.started')]);
  expect(settle(scorer.lead, compiledShippedModel, start + 900 * dayMs).rating).toBe('hot');
});

it('takes ten points for three messages ignored for thirty days, once, and no more than twenty in all (S9)', () => {
  const scorer = aScorer(compiledShippedModel, iso(start));
  const delivered = (day: number) =>
    anActivity('email.delivered', { occurredAt: iso(start + day * dayMs), properties: { messageId: `m-${day}` } });
  scorer.record([
    anActivity('form.submitted', { properties: { form: 'ebook' } }),
    delivered(1),
    delivered(4),
    delivered(9),
  ]);
  const totals = (days: readonly number[]) => days.map((day) => scoreAt(scorer.lead.fold, start + day * dayMs).total);
  expect(scorer.lead.dueAt).toBe(iso(start + 31 * dayMs));
  expect(totals([30.9, 31, 200])).toEqual([0, -10, -10]);
  scorer.record([10, 40, 50, 60, 90, 95, 99].map(delivered));
  expect(totals([31, 70.1, 129, 500])).toEqual([-10, -20, -20, -20]);
  // A person's open that comes late takes the first silence back.
  scorer.record([
    anActivity('email.opened', { occurredAt: iso(start + 20 * dayMs), properties: { messageId: 'm-9' } }),
  ]);
  expect(totals([31])[0]).toBeGreaterThan(0);
});

it('keeps a lead small under an absence rule without a limit, however many silences it is told of', () => {
  const ignored = { id: 'ignored', points: -1, says: { en: 'ignored it' }, ignores: { messages: 1, days: 1 } };
  const model = compileModel(ScoringModel.parse({ ...shippedModel, rules: [ignored] }), 'v1', 'America/Sao_Paulo');
  const scorer = aScorer(model, iso(start));
  const delivered = Array.from({ length: 300 }, (_, n) =>
    anActivity('email.delivered', { occurredAt: iso(start - (900 - 3 * n) * dayMs) }),
  );
  for (let first = 0; first < delivered.length; first += 40) scorer.record(delivered.slice(first, first + 40));
  expect(scorer.lead.fold.silences.ignored?.windows).toHaveLength(100);
  expect(scorer.lead.score.total).toBe(-100);
});

it('never lets a score rise between activities, whatever the instants (I-S, §2.2)', () => {
  const { fold } = hot().lead;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * dayMs }), fc.integer({ min: 0, max: dayMs }), (wait, longer) => {
      expect(scoreAt(fold, start + wait + longer).total).toBeLessThanOrEqual(scoreAt(fold, start + wait).total);
    }),
  );
});
