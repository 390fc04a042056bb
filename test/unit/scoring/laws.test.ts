import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMs, scoreAt } from '../../../functions/leads/fold.ts';
import { compileModel } from '../../../functions/scoring/compiled-model.ts';
import { folding } from '../../../functions/scoring/folding.ts';
import { historyPlan, toActivity } from '../../../functions/scoring/plan.ts';
import { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import { settle } from '../../../functions/scoring/settle.ts';
import { aLead, monday } from '../../support/lead.ts';
import { anActivity, shippedModel } from '../../support/scoring.ts';

const start = Date.parse(monday);
const types = ['page.viewed', 'trial.started', 'email.delivered', 'email.replied', 'chat.started', 'score.adjusted'];

const points = fc.integer({ min: -60, max: 60 }).filter((value) => value !== 0);
const limit = fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined });
const group = fc.constantFrom('engagement', 'fit');
const halfLifeDays = fc.oneof(fc.constant('none' as const), fc.double({ min: 1, max: 400, noNaN: true }));
const says = fc.constant({ en: 'did it' });

const rule = fc.oneof(
  fc.record({
    activity: fc.constantFrom(...types),
    scope: fc.constantFrom('once', 'perDay', 'always'),
    points,
    limit,
    group,
    says,
  }),
  fc.record({
    attributes: fc.constantFrom({ name: { exists: true } }, { company: { exists: true } }),
    points,
    limit,
    group,
    says,
  }),
  fc.record({
    ignores: fc.record({ messages: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 1, max: 40 }) }),
    points: fc.integer({ min: -60, max: -1 }),
    limit,
    says,
  }),
);

/** Any model that may be written down. */
const model = fc
  .record({
    rules: fc.array(rule, { minLength: 1, maxLength: 8 }),
    groups: fc.record({
      engagement: fc.record({ halfLifeDays, limit }),
      fit: fc.record({ halfLifeDays, limit }),
    }),
    floor: fc.option(fc.integer({ min: -50, max: 20 }), { nil: undefined }),
  })
  .map(({ rules, ...rest }) => {
    const named = rules.map((each, index) => ({ id: `rule-${index}`, ...each }));
    return compileModel(ScoringModel.parse({ ...shippedModel, ...rest, rules: named }), 'any', 'America/Sao_Paulo');
  });

const history = fc.array(
  fc.record({
    type: fc.constantFrom(...types),
    at: fc.integer({ min: 0, max: 120 * dayMs }),
    properties: fc.record({ points: fc.integer({ min: -40, max: 40 }) }),
  }),
  { maxLength: 25 },
);

it('never raises a score between activities, whatever the model (requirements §2.2)', () => {
  const waits = fc.array(fc.integer({ min: 1, max: 90 * dayMs }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(model, history, waits, (compiled, given, pauses) => {
      const activities = given.map(({ type, at, properties }) => {
        const occurredAt = new Date(start + at).toISOString();
        return toActivity(anActivity(type, { occurredAt, properties, source: 'operator' }), occurredAt);
      });
      const made = folding(compiled);
      for (const { said, at } of historyPlan(activities, compiled).said) made.add(said, at);
      let now = Math.max(start, ...given.map(({ at }) => start + at));
      const { fold } = settle(aLead({ fold: made.fold(), attributes: { name: 'Ana' } }), compiled, now);
      let before = scoreAt(fold, now);
      for (const pause of pauses) {
        now += pause;
        const after = scoreAt(fold, now);
        expect(after.total).toBeLessThanOrEqual(before.total);
        expect(after.fit).toBeLessThanOrEqual(before.fit);
        expect(after.engagement).toBeLessThanOrEqual(before.engagement);
        before = after;
      }
    }),
    { numRuns: 3_000 },
  );
}, 60_000);
