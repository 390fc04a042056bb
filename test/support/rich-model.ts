import { compileModel } from '../../functions/scoring/compiled-model.ts';
import { ScoringModel } from '../../functions/scoring/scoring-model.ts';
import { shippedModel } from './scoring.ts';

const says = { en: 'did it' };

/** Everything a scoring model can say, for tests of laws: looks back, dates, limits of groups, a floor, fit, and disqualification. */
export const richModel = ScoringModel.parse({
  ...shippedModel,
  floor: -40,
  groups: { engagement: { halfLifeDays: 20, limit: 120 }, fit: { halfLifeDays: 200, limit: 25 } },
  rules: [
    ...shippedModel.rules,
    {
      ...{ id: 'came-back', activity: 'page.viewed', points: 7, scope: 'perDay', limit: 21, says },
      given: [{ activity: 'page.viewed', withinDays: 10, apartHours: 24 }],
    },
    {
      ...{ id: 'read-then-asked', activity: 'chat.started', points: 9, scope: 'always', says },
      given: [{ activity: 'email.clicked', withinDays: 30, times: 2 }],
    },
    {
      ...{
        id: 'clicked-after-opening',
        activity: 'email.clicked',
        points: -3,
        scope: 'perMessage',
        humanOnly: true,
        says,
      },
      given: [{ activity: 'email.opened', withinDays: 3 }],
    },
    { id: 'spring', activity: 'page.viewed', points: 4, scope: 'once', from: '2026-03-10', until: '2026-04-01', says },
    { id: 'retail', attributes: { company: { equals: 'A' } }, points: 20, says },
    { id: 'named', attributes: { name: { exists: true } }, points: 8, says },
    { id: 'ignored-more', points: -7, says, ignores: { messages: 2, days: 7 } },
  ],
  disqualify: [{ id: 'not-bia', attributes: { name: { equals: 'Bia' }, company: { equals: 'B' } }, says }],
});

export const compiledRichModel = compileModel(richModel, 'rich', 'America/Sao_Paulo');
