import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leadView } from '../../../functions/leads/read-leads.ts';
import { type ExplanationEntry, explain } from '../../../functions/scoring/explain.ts';
import { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import { explanationList, pointsByActivity } from '../../../functions/web/explanation.ts';
import { leadPage } from '../../../functions/web/lead-page.ts';
import { compiledRichModel } from '../../support/rich-model.ts';
import { aScorer } from '../../support/scorer.ts';
import { anActivity, shippedModel } from '../../support/scoring.ts';
import { aLeadPageView, anEntry, aTold, frame, inPortuguese } from './sample-pages.ts';

const { rules } = ScoringModel.parse({
  ...shippedModel,
  rules: [
    ...shippedModel.rules,
    { id: 'retail', attributes: { industry: { contains: 'retail' } }, points: 15, says: { en: 'works in retail' } },
  ],
});

/** The list as text, without tags. */
function told(entries: readonly ExplanationEntry[], { reader } = frame, activities = [aTold()]): string {
  const sum = Math.round(entries.reduce((total, { contribution }) => total + contribution, 0) * 10) / 10;
  const explanation = { total: sum, sum, asOf: '2026-11-23T17:20:00.000Z', modelVersion: 'v1', entries };
  return String(explanationList(explanation, { rules, activities, reader }))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

it('says what time has left of the points', () => {
  expect(told([anEntry({ decay: 0.713, contribution: 17.8 })])).toContain(
    '+17.8 Started the free trial 25 when new, 71 % left',
  );
  expect(told([anEntry()])).not.toContain('when new');
});

it('says which limit has been reached', () => {
  const capped = anEntry({
    ruleId: 'opened-email',
    rule: 'opened an e-mail',
    points: 5,
    contribution: 2,
    capped: true,
  });
  expect(told([capped])).toContain('Opened an e-mail the rule’s limit of 30 points is reached');
});

it('tells apart what has no cause: limits of a whole group, and the floor', () => {
  const limit = anEntry({
    activityId: '',
    ruleId: 'floor',
    rule: 'a score is never below 0',
    group: null,
    contribution: 5,
  });
  const list = explanationList(
    { total: 5, sum: 5, asOf: '', modelVersion: 'v1', entries: [limit] },
    { rules, activities: [], reader: frame.reader },
  );
  expect(String(list)).toMatch(/<li class="sum-limit">(?:(?!<time).)*A score is never below 0(?:(?!<time).)*<\/li>/);
});

it('says of an adjustment who made it, and why (Q2)', () => {
  const entry = anEntry({ ruleId: 'adjusted-by-hand', rule: 'adjusted', activityId: 'by-hand', group: 'fit' });
  const properties = { points: 25, author: 'Eva <b>', reason: 'met at the fair' };
  const activities = [aTold({ activityId: 'by-hand', type: 'score.adjusted', properties })];
  expect(told([entry], frame, activities)).toContain('Adjusted by Eva &lt;b&gt;: met at the fair');
  expect(told([entry], inPortuguese, activities)).toContain('Ajustado por Eva &lt;b&gt;: met at the fair');
  expect(told([entry], frame, [])).toContain('Adjusted by hand: no reason given');
});

it('says how long a silence was, and that a fact counts as long as it is true (S9, S11)', () => {
  expect(told([anEntry({ ruleId: 'ignored-emails', rule: 'opened none', points: -10, contribution: -10 })])).toContain(
    '−10 Opened none 3 e-mails in 30 days, and no sign of them',
  );
  expect(told([anEntry({ ruleId: 'retail', rule: 'works in retail', group: 'fit' })])).toContain(
    'as long as it is true',
  );
});

it('folds away what adds nothing, once there is much of it', () => {
  const zeros = Array.from({ length: 5 }, (_, n) => anEntry({ activityId: `z-${n}`, contribution: 0, capped: true }));
  expect(told([anEntry(), ...zeros.slice(0, 3)])).not.toContain('more that add nothing');
  expect(told([anEntry(), ...zeros])).toContain('5 more that add nothing now');
});

it('adds up what one activity has earned under several rules', () => {
  const entries = [anEntry({ contribution: 0.1 }), anEntry({ contribution: 0.2 })];
  expect(pointsByActivity({ entries }).get('activity-1')).toBe(0.3);
});

const types = [
  'trial.started',
  'list.subscribed',
  'chat.started',
  'appointment.cancelled',
  'email.unsubscribed',
] as const;
const histories = fc.array(fc.tuple(fc.constantFrom(...types), fc.integer({ min: 0, max: 60 })), {
  minLength: 1,
  maxLength: 12,
});

it('ends every list with the score that stands above it, at any time (T1)', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 60, max: 400 }), (history, days) => {
      const day = (n: number) => new Date(Date.parse('2026-03-02T12:00:00.000Z') + n * 86_400_000).toISOString();
      const scorer = aScorer(compiledRichModel, day(60));
      scorer.record(
        history.map(([type, n]) => anActivity(type, { occurredAt: day(n), attributes: { name: 'Ana', company: 'A' } })),
      );
      const asOf = day(days);
      const explanation = explain(scorer.lead, scorer.ledger, compiledRichModel, { asOf, past: false });
      const lead = leadView(scorer.lead, Date.parse(asOf));
      const page = leadPage(
        aLeadPageView({ lead, explanation, activities: scorer.ledger, model: compiledRichModel.model }),
      );
      const score = /<span class="score-total">([^<]+)</.exec(page)?.[1];
      expect(/<li class="sum-total"><span class="points">([^<]+)</.exec(page)?.[1]).toBe(score);
    }),
    { numRuns: 50 },
  );
});
