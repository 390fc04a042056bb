import { expect, it } from 'vitest';
import { summaryOf } from '../../../bin/playbook/scoring/summary.ts';
import { ScoringModel } from '../../../functions/scoring/scoring-model.ts';
import { shippedModel } from '../../support/scoring.ts';

it('says the shipped model in words', () => {
  expect(summaryOf(shippedModel)).toBe(
    [
      'Sales gets a lead at 50 points with a signal of the last 30 days (pricing-page, trial, solution-form),',
      'again after the score has been below 40; or at any score when asked (asked-by-form, appointment, reply, chat).',
      'Hot from 50, warm from 25, kept until more than 2 below.',
      '     +5  subscribed             list.subscribed · once',
      '     -5  cancelled-appointment  appointment.cancelled · once a subject',
      '    +25  booked-consultation    appointment.booked · once a subject · at most +50',
      '     +5  opened-email           email.opened, by people only · once a message · at most +30',
      '    +10  clicked-link           email.clicked, by people only · once a message and link · at most +60',
      '    +10  viewed-pricing         page.viewed where path begins with /pricing · once a day · at most +30',
      '    +15  replied                email.replied · once a message · at most +30',
      '    +25  started-trial          trial.started · once',
      '    -10  ignored-emails         3 e-mails delivered in 30 days and no sign of life · at most -20',
      '    -25  unsubscribed           email.unsubscribed · once',
      'All rules that add points bring 95 when each is paid once; the most is 230.',
      'Engagement halves every 60 days, fit does not fade; minus points do not fade.',
    ].join('\n'),
  );
});

it('says every kind of rule', () => {
  const says = { en: 'did' };
  const summary = summaryOf(
    ScoringModel.parse({
      ...shippedModel,
      groups: { engagement: { halfLifeDays: 'none', limit: 80 }, fit: { halfLifeDays: 90 } },
      rules: [
        { id: 'fit', attributes: { country: { oneOf: ['BR', 'PT'] }, company: { exists: true } }, points: 15, says },
        {
          id: 'again',
          activity: 'track.seen',
          where: { size: { between: [1, 9] }, ends: { inNextDays: 30 } },
          given: [
            { activity: 'page.viewed', where: { path: { equals: '/' } }, times: 2, withinDays: 14, apartHours: 24 },
          ],
          from: '2026-01-01',
          until: '2026-02-01',
          points: 5,
          scope: 'always',
          says,
        },
      ],
      disqualify: [{ id: 'small', attributes: { revenue: { below: 100_000 } }, says }],
    }),
  );
  expect(summary.split('\n').slice(3)).toEqual([
    '    +15  fit    country is BR or PT and company is known · fit',
    '     +5  again  track.seen where size is from 1 to 9 and ends is in the 30 days after · always · after 2 × page.viewed where path is / in 14 days, at least 24 hours before · from 2026-01-01 · before 2026-02-01',
    '     no  small  revenue is below 100000',
    'All rules that add points bring 20 when each is paid once; the most is 95.',
    'Engagement does not fade and counts at most 80, fit halves every 90 days; minus points do not fade.',
  ]);
});

it('says how far down a score goes, and who gets to sales when nothing is a signal', () => {
  const first = (change: object, lines: number) =>
    summaryOf({ ...shippedModel, ...change })
      .split('\n')
      .slice(0, lines);
  expect(first({ floor: -20 }, 4).at(-1)).toBe('No score is below -20.');
  expect(first({ buyingSignals: [] }, 2)).toEqual([
    'Sales gets a lead only when asked (asked-by-form, appointment, reply, chat).',
    'No points alone bring one there: buyingSignals names no signal.',
  ]);
  expect(first({ explicitRequests: [] }, 2).at(-1)).toBe(
    'again after the score has been below 40; never for asking alone.',
  );
});
