import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../functions/leads/lead.ts';
import type { Review } from '../../../functions/leads/review.ts';
import { compileModel } from '../../../functions/scoring/compiled-model.ts';
import { toActivity } from '../../../functions/scoring/plan.ts';
import { crossQuietly } from '../../../functions/scoring/quiet-crossing.ts';
import { refold } from '../../../functions/scoring/record.ts';
import { aLead, monday } from '../../support/lead.ts';
import { models } from '../../support/models.ts';
import { anActivity, shippedModel } from '../../support/scoring.ts';

const now = Date.parse('2026-03-02T13:00:00.000Z');
const old = compileModel(models.v1 ?? shippedModel, 'v1', 'UTC');
const other = compileModel(models.v2 ?? shippedModel, 'v2', 'UTC');
// 40 points under the old model, 60 under the other.
const history = [
  anActivity('list.subscribed'),
  anActivity('trial.started'),
  anActivity('page.viewed', { properties: { path: '/pricing' } }),
].map((captured) => toActivity(captured, monday));

function change({ review = null, back = false, ...given }: Partial<Lead> & { review?: Review | null; back?: boolean }) {
  const [was, model] = back ? [other, old] : [old, other];
  const before = refold(aLead(given), history, was, now).lead;
  const after = refold(before, history, model, now).lead;
  return crossQuietly({ before, was, after, model, review, now });
}

const waiting: Review = { leadId: 'lead-ana', modelVersion: 'v0', before: 12, after: 55, at: monday, decided: null };
const open = { cycle: 1, reason: 'threshold' as const, activityId: 'a', score: 60, qualifiedAt: monday, open: true };

describe('a change of models', () => {
  it('has a lead reviewed that it brings over the threshold', () => {
    const { lead, review, isCrossing } = change({});
    expect(isCrossing).toBe(true);
    expect(lead.armed).toBe(false);
    expect(review).toEqual({
      leadId: 'lead-ana',
      modelVersion: 'v2',
      before: 40,
      after: 60,
      at: new Date(now).toISOString(),
      decided: null,
    });
  });

  it.each<[string, Partial<Lead>]>([
    ['is with sales', { armed: false, qualification: open }],
    ['was handed over before and has not cooled', { armed: false, qualification: { ...open, open: false } }],
    ['has called our mail spam', { suppressed: { reason: 'complaint', at: monday } }],
  ])('leaves a lead alone that %s', (_, given) => {
    expect(change(given)).toMatchObject({ review: undefined, isCrossing: false });
  });

  it('leaves a lead alone that was over the threshold before, imported quietly', () => {
    const before = refold(aLead(), history, other, now).lead;
    const moved = crossQuietly({ before, was: other, after: before, model: other, review: null, now });
    expect(moved).toEqual({ lead: before, review: undefined, isCrossing: false });
  });

  it('keeps a review that waits, with the figures of now', () => {
    const { lead, review, isCrossing } = change({ armed: false, review: waiting });
    expect(review).toEqual({ ...waiting, modelVersion: 'v2', after: 60 });
    expect([lead.armed, isCrossing]).toEqual([false, false]);
  });

  it('takes a review back with what has caused it, and lets the next crossing count', () => {
    expect(change({ armed: false, review: waiting, back: true })).toMatchObject({
      lead: { armed: true },
      review: null,
    });
  });

  it('lets the next crossing count of a lead that was left, and keeps the decision', () => {
    const decided = { decision: 'leave' as const, author: 'Rui', at: monday };
    const moved = change({ armed: false, review: { ...waiting, decided }, back: true });
    expect(moved).toMatchObject({ lead: { armed: true }, review: undefined });
  });

  it('does not arm a lead that sales has had', () => {
    const decided = { decision: 'hand-over' as const, author: 'Rui', at: monday };
    const closed = { ...open, open: false };
    const moved = change({ armed: false, qualification: closed, review: { ...waiting, decided }, back: true });
    expect(moved).toMatchObject({ lead: { armed: false } });
  });
});
